// clew session start: begins a session that is kept by hand.
import { createInterface } from 'node:readline/promises';
import { agentTypes } from '../../../model/index.ts';
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import type { FlagValues } from '../../command.ts';
import { choice, json } from '../../flags.ts';
import { printJson } from '../../json.ts';
import { harmless } from '../../render/harmless.ts';
import { startedLines } from '../../render/kept-session.ts';
import { isTerminal, print } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { saidFlags } from './said.ts';

const flags = {
  project: {
    help: 'The folder of the project, or the name of one that clew knows; needed',
    value: 'PROJECT',
    short: 'p',
  },
  'agent-type': {
    ...choice(agentTypes, 'Who works; the agent that runs this, or else claude, if left out'),
    short: 't',
  },
  'agent-name': { help: 'What the agent is called, where several of a type work', value: 'NAME' },
  'agent-session': { help: "The agent's own id of the session, where it runs already", value: 'ID' },
  ...saidFlags,
  prompt: { help: 'What the agent is told first', value: 'TEXT' },
  template: { help: 'One of the `sessionTemplates` in config.json', value: 'NAME' },
  'non-interactive': { help: 'Ask nothing' },
  'no-context': { help: 'Take no context snapshot' },
  parallel: { help: 'Also where one of the same agent is active in the project' },
  json,
} as const;

export const start = defineCommand({
  summary: 'Begin a session',
  group: 'Record',
  positionals: [],
  flags,
  about:
    'Prints the id, and the line that puts it into the environment of a shell: an agent started there works inside the session. Without --no-context a context snapshot is taken: layout, branch, commits, instructions, open issues, and the handoff of the last session. On a terminal it asks for the version and the goal.',
  examples: [
    ['clew session start --project . --goal "mend the parser"', 'in this folder'],
    [
      'clew session start -p api --agent-type codex --model-tier strong --non-interactive',
      'in a project by its name',
    ],
    ['eval "$(clew session start -p . --json | jq -r .export)"', 'for the rest of a script'],
  ],
  async run(cli, given) {
    if (given.project === undefined) throw new UsageError('--project is missing', 'for example: --project .');
    const clew = await cli.open();
    const isAsked = !given['non-interactive'] && !given.json && process.stdin.isTTY && isTerminal();
    const started = await clew.startSession({
      project: given.project,
      agentType: given['agent-type'],
      agentVersion: given['agent-version'],
      agentName: given['agent-name'],
      agentSession: given['agent-session'],
      model: given.model,
      modelTier: given['model-tier'],
      temperature: given.temperature,
      goal: given.goal,
      initialPrompt: given.prompt,
      metadata: given.metadata,
      template: given.template,
      noContext: given['no-context'],
      parallel: given.parallel,
      ask: isAsked ? () => ask(given) : undefined,
    });
    if (given.json) printJson(started);
    else print(startedLines(harmless(started), viewOf(clew)));
  },
});

/** What was not given; an empty answer leaves it open. */
async function ask(given: FlagValues<typeof flags>): Promise<{ agentVersion?: string; goal?: string }> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => process.exit(130));
  // At the end of the input there are no more answers.
  let isOver = false;
  const end = new Promise<string>((resolve) => lines.on('close', () => resolve('')));
  void end.then(() => (isOver = true));
  const question = async (text: string): Promise<string | undefined> =>
    isOver ? undefined : (await Promise.race([lines.question(text), end])).trim() || undefined;
  try {
    const version = given['agent-version'] ?? (await question('Version or model of the agent: '));
    // A template may have one.
    const goal =
      given.goal ?? (given.template === undefined ? await question('Goal of the session: ') : undefined);
    return { ...(version && { agentVersion: version }), ...(goal && { goal }) };
  } finally {
    lines.close();
  }
}
