// Gemini CLI: commits the tree when it asks whether it may write a file, and only then: not in a run without a terminal,
// not in yolo mode, not before a shell command. So it runs in a terminal that script(1) makes; each turn writes one file
// and changes the others by a shell command, and Enter allows the write once the checkpoint is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackage } from '../../test/clients/client/install.ts';
import { sizeBelow } from '../lib.ts';
import { git } from './outcome.ts';
import type { Client } from './talk.ts';

const version = '0.61.0';
/** It names the project after its folder. */
const checkpoints = (home: string): string => path.join(home, '.gemini', 'tmp', 'work', 'checkpoints');

const settings = {
  general: { enableAutoUpdate: false, checkpointing: { enabled: true } },
  privacy: { usageStatisticsEnabled: false },
  security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
  // A named model needs no request for which one to take; the turns are much alike, which it would take for a loop.
  model: { name: 'gemini-2.5-flash', disableLoopDetection: true },
  tools: { allowed: ['run_shell_command(cp)'], shell: { enableInteractiveShell: false } },
};

export const gemini: Client = {
  name: `Gemini CLI ${version}`,

  // The snapshot comes ahead of the write.
  turn:
    ({ history, work }) =>
    (n) => {
      const { file, text } = history.one(n + 1);
      return [
        { name: 'write_file', input: { file_path: path.join(work, file), content: text } },
        {
          name: 'run_shell_command',
          input: { command: history.command(n + 1), description: 'Changes files' },
        },
      ];
    },

  async run({ home, work, env, history, url, signal }, turns) {
    mkdirSync(path.join(home, '.gemini'));
    writeFileSync(path.join(home, '.gemini', 'settings.json'), JSON.stringify(settings));
    const command = path.join(installPackage('gemini', '@google/gemini-cli', version), 'gemini');
    const inside = `stty rows 40 cols 120; exec '${process.execPath}' '${command}' -i Go.`;
    const child = spawn('script', ['-qec', inside, '/dev/null'], {
      cwd: work,
      env: {
        ...env,
        TERM: 'xterm-256color',
        GEMINI_API_KEY: 'none',
        GOOGLE_GEMINI_BASE_URL: url,
        GEMINI_CLI_TRUST_WORKSPACE: 'true',
      },
      signal,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = once(child, 'close');
    let allowed = 0;
    while (turns() < history.snapshots + 2 && child.exitCode === null) {
      await sleep(10);
      const taken = existsSync(checkpoints(home)) ? readdirSync(checkpoints(home)).length : 0;
      if (taken === allowed) continue;
      allowed = taken;
      child.stdin.write('\r');
    }
    child.kill();
    await ended;
  },

  store: (home) => path.join(home, '.gemini', 'history', 'work', '.git'),

  // It leaves that to git, after each commit.
  pack: (gitDir) => void git(gitDir, ['-c', 'gc.autoDetach=false', 'gc', '--auto', '--quiet']),

  // Beside each commit a file with the whole talk up to there.
  beside: (home) => sizeBelow(checkpoints(home)),
};
