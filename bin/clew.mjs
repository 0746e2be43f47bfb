#!/usr/bin/env node
// Starts clew under a Node that can run it. Plain JavaScript of the oldest kind, as an old Node must get through it:
// better-sqlite3 crashes the process on Node 20, so nothing else may be loaded before this check.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const place = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
const local = place('node_modules/node/bin/node');

function stop(message) {
  console.error(`clew: ${message}`);
  process.exit(1);
}

if (!existsSync(place('dist/cli.js'))) {
  stop('it has not been built yet: run `npm ci`, or `npm run build`, in its folder');
} else if (major > 22 || (major === 22 && minor >= 18)) {
  // Compiled code is kept in the system's temporary folder: that takes a fifth off every start.
  module.enableCompileCache?.();
  // What an agent awaits after every answer has a shorter way.
  const isStatusLine = process.argv[2] === 'statusline' && process.argv.length === 3;
  await import(isStatusLine ? '../dist/status-line.js' : '../dist/cli.js');
} else if (existsSync(local)) {
  const child = spawn(local, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(error.message));
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal);
    process.exit(code ?? 1);
  });
} else {
  stop(
    `Node 22.18 or newer is needed; this is ${process.version}. Install one, or use: npx -y -p node@24 clew`,
  );
}
