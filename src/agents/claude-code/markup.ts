// The tags in which the client wraps what was not typed as such: commands, `!` lines, the end of background work.
import type { EntryKind } from '../../model/index.ts';

/** What a terminal colours its text with. */
const colours = /\u001B\[[\d;]*m/g;

export const tag = (words: string, name: string): string =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(words)?.[1]?.trim() ?? '';

/** Words as a person typed them or would read them. */
export function plain(kind: EntryKind, words: string): string {
  const inner = (name: string): string => tag(words, name);
  if (kind === 'command')
    return `${inner('command-name') || inner('command-message')} ${inner('command-args')}`.trim() || words;
  if (kind === 'shell') return inner('bash-input') || words;
  if (kind === 'notification' && inner('summary'))
    return unescaped(`${inner('summary')}\n${inner('result')}`.trim());
  return kind === 'note' ? words.replaceAll(colours, '') : words;
}

const unescaped = (words: string): string =>
  words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Ids of subagents; other background work has ids of another form. */
export const agentId = /^a[0-9a-f]{6,16}$/;

/** The subagent whose end a notification tells. */
export function endedAgent(
  words: string,
): { run: string; operation: string | undefined; status: string } | undefined {
  const run = tag(words, 'task-id');
  const status = tag(words, 'status');
  if (!agentId.test(run) || status === '') return undefined;
  return { run, operation: tag(words, 'tool-use-id') || undefined, status };
}
