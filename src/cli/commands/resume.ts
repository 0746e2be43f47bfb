// clew resume: the best way to go on with a session, as a command to run.
import { spawn } from 'node:child_process';
import type { ResumePlan } from '../../index.ts';
import { ClewError, shortId } from '../../model/index.ts';
import { defineCommand } from '../command.ts';
import { choice, json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmlessText } from '../render/harmless.ts';
import { note, print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { agents } from './handoff.ts';

export const resume = defineCommand({
  summary: 'Go on with a session: with its agent, or with a handoff to any',
  group: 'Look',
  positionals: [{ name: 'session', complete: 'session' }],
  flags: {
    with: choice(agents, 'Go on with this agent, whichever had the session', 'AGENT'),
    folder: { help: 'Go on in this folder, not in the one that it worked in', value: 'DIR' },
    print: { help: 'Write the file that the command needs, if any, and print the command' },
    run: { help: 'The same, and run it here and now' },
    json,
  },
  about:
    "Without a session, the latest of the project that you are in, or else the latest of all. Where the agent still has the conversation, the command is the agent's own. Where its transcript was deleted, was on another machine or is torn at its end, clew's copy of the conversation is put where the agent looks, as a new session. Elsewhere a handoff is written below clew's home, and an agent started with it. Which way, and why, is told on stderr. Nothing is written without --print or --run: where a file is needed, the command that is told is clew's own.",
  examples: [
    ['clew resume', 'how to go on with the latest session here'],
    ['clew resume 3f2a --run', 'do it'],
    ['clew resume 3f2a --with codex', 'with another agent'],
    ['clew resume 3f2a --folder ~/copy --run', 'in another folder'],
  ],
  async run(cli, flags, [session]) {
    if (flags.run && (flags.json || flags.print))
      throw new UsageError('--run prints nothing to go with --print or --json', 'leave one of them out');
    const clew = await openFresh(cli);
    const plan = clew.resumePlan(session, {
      with: flags.with,
      folder: flags.folder,
      write: flags.run || flags.print,
    });
    if (flags.json) {
      printJson(plan);
      return 0;
    }
    note(harmlessText(`${shortId(plan.session)}: ${plan.why}`));
    const written = plan.conversationFile ?? plan.handoffFile;
    if (written !== null) note(harmlessText(`wrote ${written}`));
    if (flags.run) {
      // The agent may run for hours: nothing is held open meanwhile.
      cli.close();
      return start(plan);
    }
    print([harmlessText(plan.command)]);
    return 0;
  },
});

/** Hands the terminal to the agent; its exit code is the command's. */
function start({ argv, cwd }: ResumePlan): Promise<number> {
  const [program = '', ...words] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'inherit', cwd: cwd ?? undefined });
    child.on('error', (error) =>
      reject(
        new ClewError(
          'NOT_FOUND',
          `${program} cannot be started: ${error.message}`,
          `is ${program} installed?`,
        ),
      ),
    );
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 0) : 1));
  });
}
