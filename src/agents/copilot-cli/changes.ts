// What an edit did: its result holds a git diff.
import type { Place } from '../../model/index.ts';
import { object, text } from '../shared/shapes.ts';
import { patchOfDiff } from '../shared/patch.ts';
import type { OpenCall, Reading } from './state.ts';

const editTools: ReadonlySet<string> = new Set(['create', 'edit', 'apply_patch', 'str_replace_editor']);

export function readChanges(
  { data, emit }: Reading,
  operation: string,
  call: OpenCall | undefined,
  place: Place,
): void {
  if (!editTools.has(call?.name ?? '')) return;
  const told = text(object(data['result'])?.['detailedContent']) ?? '';
  const files = told.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
  for (const file of files) {
    const name = (mark: string): string | undefined =>
      new RegExp(`^${mark} (?:[ab]/)?(.+)$`, 'm').exec(file)?.[1];
    const [before, after] = [name('---'), name(String.raw`\+\+\+`)];
    const kind = isNothing(before) ? 'create' : isNothing(after) ? 'delete' : 'update';
    const path =
      text(call?.input?.['path']) ?? absolute(kind === 'delete' ? before : after) ?? absolute(before);
    if (path === undefined) continue;
    const patch = patchOfDiff(file);
    emit({ fact: 'change', operation, place, path, kind, ...patch, partial: patch.diff === '' });
  }
}

/** `/dev/null`, of which the mark may have taken the slash. */
const isNothing = (name: string | undefined): boolean => name === '/dev/null' || name === 'dev/null';

/** A diff's names have no slash in front where they are whole paths. */
const absolute = (name: string | undefined): string | undefined =>
  name === undefined || /^(?:\/|[A-Za-z]:[\\/])/.test(name) ? name : `/${name}`;
