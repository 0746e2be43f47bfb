// Reasons why hooks that stand in the settings would not run. Claude Code says nothing about any of them.
import { ClewError } from '../../../model/errors.ts';
import { dropsUnknown, knownEvents } from './events.ts';
import { settingsOf, type Settings } from '../../shared/hooks/settings.ts';
import { readSettings } from '../../shared/hooks/files.ts';

export interface HookWarning {
  readonly code: 'disabled' | 'managed-only' | 'not-json' | 'unknown-event' | 'unreadable';
  readonly file: string;
  readonly message: string;
}

/** Looks through these files, the strongest first; `texts` stands in for what is on disk. */
export function hookWarnings(
  files: readonly string[],
  version: string | undefined,
  texts: ReadonlyMap<string, string> = new Map(),
): HookWarning[] {
  const warnings: HookWarning[] = [];
  let decided = false;
  for (const file of files) {
    const warn = (code: HookWarning['code'], message: string) => warnings.push({ code, file, message });
    try {
      const text = texts.get(file) ?? readSettings(file);
      if (text === undefined) continue;
      const settings = settingsOf(text, file);
      if (!isPlainJson(text))
        warn('not-json', 'has comments or trailing commas; Claude Code ignores such a file as a whole');
      // As with all settings, the strongest file that says something decides.
      if (!decided && settings['disableAllHooks'] === true)
        warn('disabled', 'disableAllHooks turns every hook off');
      decided ||= typeof settings['disableAllHooks'] === 'boolean';
      if (settings['allowManagedHooksOnly'] === true && file === files[0])
        warn('managed-only', 'the administrator allows only hooks of their own');
      const unknown = unknownEvents(settings, version);
      if (unknown.length > 0 && dropsUnknown(version))
        warn(
          'unknown-event',
          `Claude Code ${version ?? '(of unknown version)'} may ignore the whole file for ${unknown.join(', ')}`,
        );
    } catch (error) {
      if (!(error instanceof ClewError)) throw error;
      warn('unreadable', error.message);
    }
  }
  return warnings;
}

function unknownEvents(settings: Settings, version: string | undefined): string[] {
  const known = new Set(knownEvents(version));
  return Object.keys(settings.hooks ?? {}).filter((event) => !known.has(event));
}

/** Claude Code reads its settings with JSON.parse. */
function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, '').trim() || '{}');
    return true;
  } catch {
    return false;
  }
}
