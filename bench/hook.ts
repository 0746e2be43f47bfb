// What a hook costs the agent: an empty shell, clew's hook with a typical payload, and the same hook written for Node,
// in turn, so that all three meet the same load. Run: node bench/hook.ts [runs]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hookCommand } from '../src/agents/shared/hooks/command.ts';
import { installScript } from '../src/hooks/index.ts';

const runs = Number(process.argv[2] ?? 200);
const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-bench-'));
const spool = path.join(folder, 'spool');
mkdirSync(spool);

const nodeHook = path.join(folder, 'hook.mjs');
writeFileSync(
  nodeHook,
  `import { readFileSync, renameSync, writeFileSync } from 'node:fs';
const name = \`${spool}/node.\${process.ppid}.\${process.pid}.0\`;
writeFileSync(name + '.part', readFileSync(0), { flag: 'wx', mode: 0o600 });
renameSync(name + '.part', name + '.json');
`,
);
const payload = JSON.stringify({
  session_id: '0db7e3c4-5f0e-4f6e-9d6c-3c1c1f6f2b11',
  hook_event_name: 'PostToolUse',
  tool_name: 'Read',
  tool_response: {
    type: 'text',
    file: { filePath: '/home/u/project/app.py', content: 'x = 1\n'.repeat(280) },
  },
});

const commands = {
  'sh -c :': ':',
  'clew hook': hookCommand(installScript(folder), spool, 'claude-code', 'PostToolUse'),
  'node hook': `'${process.execPath}' '${nodeHook}'`,
};
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as number[]]));
for (let run = 0; run < runs; run++)
  for (const [name, command] of Object.entries(commands)) {
    const start = performance.now();
    spawnSync('/bin/sh', ['-c', command], { input: payload, stdio: ['pipe', 'ignore', 'ignore'] });
    times[name]!.push(performance.now() - start);
  }
rmSync(folder, { recursive: true });

const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;
const base = at(
  times['sh -c :']!.sort((a, b) => a - b),
  0.5,
);
console.log(`${runs} runs each, payload ${payload.length} bytes`);
for (const [name, all] of Object.entries(times)) {
  const sorted = all.sort((a, b) => a - b);
  const [median, p95] = [at(sorted, 0.5), at(sorted, 0.95)];
  const more = `+${(median - base).toFixed(2)} ms, ${(median / base).toFixed(1)}x the empty shell`;
  console.log(`${name.padEnd(10)} median ${median.toFixed(2)} ms  p95 ${p95.toFixed(2)} ms  ${more}`);
}
