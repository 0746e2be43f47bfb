// clew handoff: what somebody needs to go on with a session.
import type { Clew, HandoffTarget } from '../../index.ts';
import { defineCommand } from '../command.ts';
import { choice, json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmlessText } from '../render/harmless.ts';
import { isTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Those that can be started with a handoff. */
export const agents = [
  'claude',
  'codex',
  'gemini',
  'opencode',
  'copilot',
] as const satisfies readonly HandoffTarget[];

export const handoff = defineCommand({
  summary: 'Write what a person or an agent needs to go on with a session',
  group: 'Look',
  positionals: [{ name: 'session', complete: 'session' }],
  flags: {
    budget: {
      help: 'The most tokens that it may take, from 500 on (without this 4000)',
      value: 'TOKENS',
      read: (text: string, flag: string): number => {
        if (/^\d{3,7}$/.test(text) && Number(text) >= 500) return Number(text);
        throw new UsageError(`${flag} "${text}" is no number from 500 on`, `for example: ${flag} 2000`);
      },
    },
    for: choice(agents, 'Add the command that starts this agent with it', 'AGENT'),
    hook: { help: "For the agent's hook: read its payload from stdin, answer it as the agent wants it" },
    json,
  },
  about:
    'Without a session, the latest of the project that you are in, or else the latest of all; called by an agent, the latest before its own. The text is Markdown, made by rule from the record: the same record gives the same text. A token is taken to be four characters.',
  examples: [
    ['clew handoff', 'of the latest session here'],
    ['clew handoff 3f2a --budget 1500 > handoff.md', 'a short one'],
    ['codex "$(clew handoff 3f2a)"', 'another agent goes on'],
  ],
  async run(cli, flags, [session]) {
    if (flags.hook) return answerHook(await openFresh(cli));
    const clew = await openFresh(cli);
    const result = clew.handoff(session ?? sessionBefore(clew), { budget: flags.budget, for: flags.for });
    if (flags.json) printJson(result);
    else process.stdout.write(isTerminal() ? harmlessText(result.markdown) : result.markdown);
  },
});

/** An agent that asks for a handoff means the session before its own. */
function sessionBefore(clew: Clew): string | undefined {
  const caller = clew.caller();
  return caller?.by === 'process' ? clew.sessionBefore(caller.session) : undefined;
}

/** Says nothing where there is nothing to say: what is printed goes before the model. */
async function answerHook(clew: Clew): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const handoff = clew.handoffAtStart(JSON.parse(Buffer.concat(chunks).toString()));
  if (handoff)
    printJson({
      hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: handoff.markdown },
    });
}
