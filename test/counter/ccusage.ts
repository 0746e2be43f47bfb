// What ccusage (https://github.com/ryoppippi/ccusage) makes of a home, asked agent by agent. Costs in micro-dollars.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ByAgent } from './totals.ts';
import { exportsBelow } from './totals.ts';

export interface Columns {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface Told {
  readonly models: Readonly<Record<string, Columns & { readonly cost: number | undefined }>>;
  readonly cost: number;
  /** What its total has beyond the sum of its columns. */
  readonly beyond: number;
}

interface Row {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
  readonly totalTokens: number;
  readonly cost?: number;
}

interface Report {
  readonly daily: readonly {
    readonly models?: Readonly<Record<string, Row>>;
    readonly modelBreakdowns?: readonly (Row & { readonly modelName: string })[];
  }[];
  readonly totals: Row & { readonly totalCost?: number; readonly costUSD?: number };
}

const names: Record<keyof ByAgent, string> = {
  'claude-code': 'claude',
  codex: 'codex',
  'copilot-cli': 'copilot',
  'gemini-cli': 'gemini',
  opencode: 'opencode',
};

export function askCcusage(command: string, agent: string, home: string): Told {
  const args = [names[agent] ?? agent, 'daily', '--offline', '--json', '--timezone', 'UTC'];
  // Codex' report takes no --breakdown: it tells tokens by model always, and costs never.
  if (agent !== 'codex') args.push('--breakdown');
  const env = { PATH: process.env['PATH'], HOME: home };
  const done = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  const { daily, totals } = JSON.parse(done.stdout) as Report;
  const models: Record<string, Columns & { cost: number | undefined }> = {};
  for (const day of daily) {
    const listed = (day.modelBreakdowns ?? []).map((row) => [row.modelName, row] as const);
    for (const [model, row] of [...Object.entries(day.models ?? {}), ...listed]) {
      const sum = models[model];
      models[model] = {
        input: (sum?.input ?? 0) + row.inputTokens,
        output: (sum?.output ?? 0) + row.outputTokens,
        cacheRead: (sum?.cacheRead ?? 0) + row.cacheReadTokens,
        cacheWrite: (sum?.cacheWrite ?? 0) + row.cacheCreationTokens,
        cost: row.cost === undefined ? undefined : (sum?.cost ?? 0) + row.cost * 1e6,
      };
    }
  }
  const columns =
    totals.inputTokens + totals.outputTokens + totals.cacheReadTokens + totals.cacheCreationTokens;
  return {
    models,
    cost: (totals.totalCost ?? totals.costUSD ?? 0) * 1e6,
    // Reasoning of Codex is told apart, and is in its output nevertheless.
    beyond: totals.totalTokens - columns,
  };
}

/** Sessions that OpenCode exported, laid out as its older versions keep them, which is what ccusage reads. */
export function layOut(exports: string, home: string): void {
  for (const file of exportsBelow(exports)) {
    const { messages } = JSON.parse(readFileSync(file, 'utf8')) as {
      messages: { info: { id: string; sessionID: string } }[];
    };
    for (const { info } of messages) {
      const folder = path.join(home, '.local/share/opencode/storage/message', info.sessionID);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${info.id}.json`), JSON.stringify(info));
    }
  }
}
