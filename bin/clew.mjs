#!/usr/bin/env node
// Starts clew under a Node that can run it. Plain JavaScript of the oldest kind, as an old Node must get through it:
// better-sqlite3 crashes the process on Node 20, so nothing else may be loaded before this check.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('../dist/cli.js');
} else {
  const local = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(local)) {
    console.error(
      `clew needs Node 22.18 or newer; this is ${process.version}. Install a newer Node, or run it with: npx -y node@24 ${process.argv[1]}`,
    );
    process.exit(1);
  }
  const run = spawnSync(local, process.argv.slice(1), { stdio: 'inherit' });
  if (run.error) throw run.error;
  if (run.signal) process.kill(process.pid, run.signal);
  process.exit(run.status ?? 1);
}
