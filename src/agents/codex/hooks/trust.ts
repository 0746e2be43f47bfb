// Codex runs no hook that its user has not trusted, and says nothing of it. Trust is kept in config.toml for each hook, by
// file, event and place, with a hash: a hook that was changed must be trusted again.
import type { HookPlan } from '../../../model/agent.ts';
import { readSettings } from '../../shared/hooks/files.ts';
import { commandHooks } from '../../shared/hooks/settings.ts';

export function trustWarnings(
  file: string,
  before: string | undefined,
  after: string,
  config: string,
  isOurs: (command: string) => boolean,
): HookPlan['warnings'] {
  const keysIn = (text: string): string[] =>
    commandHooks(text, file)
      .filter((hook) => isOurs(hook.command))
      .map(({ event, path: [, , group, , index] }) => `${file}:${snake(event)}:${group}:${index}`);
  const known = readSettings(config) ?? '';
  const isTrusted = (key: string): boolean => known.includes(`[hooks.state.${JSON.stringify(key)}]`);
  if (before === after && keysIn(after).every(isTrusted)) return [];
  const message =
    'holds hooks that Codex will not run before you have trusted them: start `codex`, and agree when it asks you to review its hooks (`/hooks` shows them). clew does not do that for you';
  return [{ code: 'trust', file, message }];
}

const snake = (event: string): string =>
  event.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
