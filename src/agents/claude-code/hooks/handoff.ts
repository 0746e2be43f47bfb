// The hooks that put a handoff before the model when a session starts, for those who asked for them. Claude Code takes
// what they print into the conversation. The program decides by the payload; here it is only kept from being started
// where it would have nothing to say.
import { removeHooks, settingsOf } from '../../shared/hooks/settings.ts';
import { append } from '../../shared/hooks/json-edit.ts';

/** Words that no command but these has. */
const mark = ' handoff --hook';
/** Claude Code waits for it. */
const timeout = 20;

export const isHandoffCommand = (command: string): boolean => command.includes(mark);

/** The text with the hooks in it, once; those of before are replaced. `program`: words that start clew. */
export function addHandoffHooks(
  text: string,
  program: readonly string[],
  clewHome: string,
  file: string,
): string {
  const run = `CLEW_HOME=${quote(clewHome)} ${program.map(quote).join(' ')}${mark}`;
  // A byte order mark is kept, but the parser must not see it.
  const start = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  let result = removeHooks(text.slice(start.length), isHandoffCommand, file);
  for (const [matcher, command] of [
    ['compact', `${run} 2>/dev/null || :`],
    ['startup|resume', ifCutOff(run)],
  ] as const) {
    const { hooks } = settingsOf(result, file);
    const entry = { matcher, hooks: [{ type: 'command', command, timeout }] };
    if (!hooks) result = append(result, [], {}, 'hooks');
    result = hooks?.['SessionStart']
      ? append(result, ['hooks', 'SessionStart'], entry)
      : append(result, ['hooks'], [entry], 'SessionStart');
  }
  return start + result;
}

/**
 * Runs it only where a session was cut off: Claude Code takes the file of a process away when that ends in good order.
 * Otherwise the payload is read to its end all the same, so that the agent's write does not fail.
 */
const ifCutOff = (run: string): string =>
  `for f in "\${CLAUDE_CONFIG_DIR:-$HOME/.claude}"/sessions/[0-9]*.json; do p=\${f##*/}; if [ -e "$f" ] && ! kill -0 "\${p%.json}"; then ${run}; exit 0; fi; done 2>/dev/null; cat >/dev/null 2>&1; :`;

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
