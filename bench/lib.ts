// What the benches share: rounds that take turns, medians, tables, temporary folders, and what machine this is.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly node: string;
  readonly system: string;
}

export function machine(): Machine {
  return {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGB: Math.round(os.totalmem() / 1e9),
    node: process.version,
    system: `${os.platform()} ${os.release()}`,
  };
}

export function machineLine(): string {
  const m = machine();
  const load = os.loadavg()[0]!.toFixed(1);
  return `${m.cores} cores (${m.cpu}), ${m.memoryGB} GB, Node ${m.node}, ${m.system}, load ${load} at the end`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The contestants take turns, so that all meet the same load; one round before is not counted. */
export async function interleave<T>(
  rounds: number,
  contestants: Readonly<Record<string, () => T | Promise<T>>>,
  warmUp = true,
): Promise<Record<string, T[]>> {
  const results: Record<string, T[]> = {};
  for (let round = warmUp ? -1 : 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const result = await run();
      if (round >= 0) (results[name] ??= []).push(result);
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  return results;
}

/** A folder for as long as the process lives. */
export function tempDir(name: string): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), `clew-bench-${name}-`));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function ms(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

export function bytes(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} kB` : `${Math.round(value)} B`;
}

export function ratio(a: number, b: number): string {
  return Number.isFinite(a / b) ? `${(a / b).toFixed(2)}x` : '–';
}

/** Prints a Markdown table. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => (row[i] ?? '').length)));
  const show = (row: readonly string[]): string =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  console.log(`\n${[`### ${title}`, '', show(head), rule, ...rows.map(show)].join('\n')}`);
}

/** The files below a folder whose names end so; none where there is no such folder. */
export function filesBelow(dir: string, ending = ''): string[] {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [];
  }
}

export function sizeBelow(dir: string): number {
  return filesBelow(dir).reduce((sum, file) => sum + statSync(file).size, 0);
}

export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
