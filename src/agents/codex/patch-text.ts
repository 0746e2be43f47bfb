// A patch as the model writes it (`*** Begin Patch`), for versions that tell nothing else of what it did: hunks without
// line numbers.
import type { ChangeFact } from '../../model/index.ts';
import { patchOfDiff, patchOfNewFile } from '../shared/patch.ts';
import type { Patch } from '../shared/patch.ts';

export interface WrittenChange {
  readonly path: string;
  readonly kind: ChangeFact['kind'];
  readonly patch: Patch;
}

const none: Patch = { diff: '', added: 0, removed: 0 };

export function changesOf(text: string): WrittenChange[] {
  const body = /\*\*\* Begin Patch\r?\n([\s\S]*?)(?:\*\*\* End Patch|$)/.exec(text)?.[1] ?? '';
  return body.split(/^\*\*\* (?=(?:Add|Update|Delete) File: )/m).flatMap((part): WrittenChange[] => {
    const [, verb, path = ''] = /^(Add|Update|Delete) File: (.+)/.exec(part) ?? [];
    if (verb === undefined) return [];
    const lines = part.split('\n').slice(1);
    const to = /^\*\*\* Move to: (.+)/m.exec(part)?.[1];
    if (verb === 'Delete') return [{ path, kind: 'delete' as const, patch: none }];
    if (verb === 'Add') return [{ path, kind: 'create' as const, patch: added(lines) }];
    const hunks = lines.filter((line) => !line.startsWith('*** ')).join('\n');
    const patch = patchOfDiff(hunks.replaceAll(/^@@$/gm, '@@ @@'));
    if (to === undefined) return [{ path, kind: 'update' as const, patch }];
    return [
      { path, kind: 'delete' as const, patch: none },
      { path: to, kind: 'create' as const, patch },
    ];
  });
}

const added = (lines: readonly string[]): Patch =>
  patchOfNewFile(
    lines
      .filter((line) => line.startsWith('+'))
      .map((line) => `${line.slice(1)}\n`)
      .join(''),
  );
