// The tests of all clients, one after the other, each in a process of its own. What cannot be installed is skipped, saying so
// (Claude Code only where CLEW_SKIP_CLIENTS is 1). With `--again` one that fails is run a second time, and named at the end
// if it passes then: the clients are other people's programs, and on a busy machine they have whims of their own.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installPackage, versions } from './client/install.ts';

interface Client {
  readonly name: string;
  readonly args: readonly string[];
  readonly packages: readonly (readonly [command: string, name: string, version: string])[];
}

const clients: readonly Client[] = [
  ...versions.map((version) => ({ name: `claude ${version}`, args: ['--only', version], packages: [] })),
  {
    name: 'codex',
    args: ['--agent', 'codex'],
    packages: [
      ['codex', '@openai/codex', '0.169.0'],
      ['codex', '@openai/codex', '0.47.0'],
    ],
  },
  {
    name: 'gemini-cli',
    args: ['--agent', 'gemini-cli'],
    packages: [['gemini', '@google/gemini-cli', '0.61.0']],
  },
  { name: 'opencode', args: ['--agent', 'opencode'], packages: [['opencode', 'opencode-ai', '1.18.33']] },
];

/** Why one cannot be installed. */
function obstacle({ packages }: Client): string | undefined {
  try {
    for (const [command, name, version] of packages) installPackage(command, name, version);
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

function passes({ args }: Client): boolean {
  const run = path.join(import.meta.dirname, 'run.mjs');
  return spawnSync(process.execPath, [run, ...args], { stdio: 'inherit', timeout: 600_000 }).status === 0;
}

const isPatient = process.argv.includes('--again');
const failed: string[] = [];
const wavered: string[] = [];
for (const client of clients) {
  const why = obstacle(client);
  if (why !== undefined) {
    console.log(`skip ${client.name}: it cannot be installed: ${why}`);
    continue;
  }
  if (passes(client)) continue;
  if (isPatient && passes(client)) wavered.push(client.name);
  else failed.push(client.name);
}
if (wavered.length > 0) console.log(`failed once, passed then: ${wavered.join(', ')}`);
console.log(failed.length === 0 ? 'all clients passed' : `failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
