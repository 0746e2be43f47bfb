// OpenCode: takes a git tree at the start and at the end of each step, whatever tool was called, and asks git for the
// difference. A step here is one shell command.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installPackage } from '../../test/clients/client/install.ts';
import { git } from './outcome.ts';
import type { Client } from './talk.ts';

const version = '1.18.33';

export const openCode: Client = {
  name: `OpenCode ${version}`,

  turn:
    ({ history }) =>
    (n) => [
      {
        name: 'bash',
        input: { command: n === 0 ? 'true' : history.command(n), description: 'Changes files' },
      },
    ],

  async run({ home, work, env, url, signal }) {
    const settings = path.join(home, '.config', 'opencode');
    mkdirSync(settings, { recursive: true });
    writeFileSync(path.join(settings, 'opencode.json'), JSON.stringify(configuration(url)));
    const command = path.join(installPackage('opencode', 'opencode-ai', version), 'opencode');
    const child = spawn(command, ['run', 'Go.'], {
      cwd: work,
      env: {
        ...env,
        TERM: 'dumb',
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      },
      signal,
      stdio: 'ignore',
    });
    await once(child, 'close');
  },

  // One folder for the repository, and in it one for the working tree.
  store(home) {
    const repository = onlyOne(path.join(home, '.local', 'share', 'opencode', 'snapshot'));
    return onlyOne(repository);
  },

  // Its own words, an hour apart, the first time a minute after the start.
  pack: (gitDir) => void git(gitDir, ['gc', '--quiet', '--prune=7.days']),

  beside: () => 0,
};

const onlyOne = (folder: string): string => path.join(folder, readdirSync(folder)[0]!);

const configuration = (url: string): object => ({
  autoupdate: false,
  share: 'disabled',
  permission: { '*': 'allow' },
  lsp: false,
  model: 'stub/stub',
  small_model: 'stub/stub',
  provider: {
    stub: {
      npm: '@ai-sdk/openai-compatible',
      name: 'stub',
      options: { baseURL: `${url}/v1`, apiKey: 'none' },
      models: { stub: { name: 'stub', tool_call: true, limit: { context: 1_000_000, output: 8192 } } },
    },
  },
});
