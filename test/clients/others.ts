// The tests of all agents but Claude Code, one after the other, each in a process of its own. An agent that cannot be
// installed is skipped, saying so.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installPackage } from './client/install.ts';

const agents = [
  { agent: 'codex', command: 'codex', name: '@openai/codex', versions: ['0.169.0', '0.47.0'] },
  { agent: 'gemini-cli', command: 'gemini', name: '@google/gemini-cli', versions: ['0.61.0'] },
  { agent: 'opencode', command: 'opencode', name: 'opencode-ai', versions: ['1.18.33'] },
] as const;

let failed = 0;
for (const { agent, command, name, versions } of agents) {
  try {
    for (const version of versions) installPackage(command, name, version);
  } catch (error) {
    const [why = ''] = (error as Error).message.split('\n');
    console.log(`skip ${agent}: it cannot be installed: ${why}`);
    continue;
  }
  const run = path.join(import.meta.dirname, 'run.mjs');
  const done = spawnSync(process.execPath, [run, '--agent', agent], { stdio: 'inherit', timeout: 600_000 });
  if (done.status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
