// clew branch: goes on from a former moment in a place of its own: the files in a worktree, the conversation cut there.
import { spawn } from 'node:child_process';
import type { Branch } from '../../index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { tilde } from '../render/path.ts';
import { print } from '../terminal.ts';

export const branch = defineCommand({
  summary: 'Go on from a former moment, in a worktree of its own',
  group: 'Go back',
  positionals: [{ name: 'checkpoint or turn', required: true }, { name: 'name' }],
  flags: {
    folder: { help: 'Where to put it (beside the project by default)', value: 'DIR' },
    run: { help: 'Start the agent there' },
    json,
  },
  about:
    'Makes a git worktree on a new branch clew/NAME (of a plain folder: a folder) with the files of that moment, and a new session with the conversation up to it, which the agent can go on with there. The original stays as it is; any number of branches can be made from one point. Where the agent cannot go on from a cut, the branch comes with a handoff.',
  examples: [
    ['clew branch 3ac3ff', 'from a checkpoint'],
    ['clew branch 5f0e21 other-way --run', 'from the end of a turn, under a name, and start the agent'],
  ],
  async run(cli, flags, [point = '', name]) {
    const clew = await openFresh(cli);
    const made = await clew.branch(point, { name, folder: flags.folder });
    if (flags.json) {
      printJson(made);
      return 0;
    }
    const view = viewOf(clew);
    const { folder, gitBranch, command, handoff, why } = harmless(made);
    print([
      `Branch ${view.colour.yellow(made.name)}: ${tilde(folder, view)}${gitBranch === null ? '' : `, on ${gitBranch}`}`,
      ...(handoff === null
        ? []
        : [`Without the conversation (${why}); give an agent ${tilde(handoff, view)}`]),
      ...(command.length === 0 ? [] : ['Go on with it:', `  ${commandLine(folder, command)}`]),
    ]);
    if (!flags.run || made.command.length === 0) return 0;
    cli.close();
    return start(made);
  },
});

const quoted = (word: string): string =>
  /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
const commandLine = (folder: string, command: readonly string[]): string =>
  `cd ${quoted(folder)} && ${command.map(quoted).join(' ')}`;

/** The agent has the terminal until it ends. */
function start({ folder, command: [program = '', ...words] }: Branch): Promise<number> {
  const child = spawn(program, words, { cwd: folder, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
