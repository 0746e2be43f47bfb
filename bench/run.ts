// The programs that are measured: clew by its command line, the limit, and ccusage.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { hookScript } from '../src/hooks/index.ts';
import { cacheFolder } from './corpus.ts';
import { tempDir } from './lib.ts';

const ccusageVersion = '20.0.24';
const root = path.join(import.meta.dirname, '..');
const clewBin = path.join(root, 'bin', 'clew.mjs');

export interface Run {
  readonly ms: number;
  readonly stdout: string;
  /** Peak memory in bytes, CPU in milliseconds, bytes read; where it was asked for and the system tells. */
  readonly maxRSS: number;
  readonly cpu: number;
  readonly read: number;
}

/** Whether there is a clew to measure; without one the benches show the rest. */
export function clewIsBuilt(): boolean {
  const built = existsSync(path.join(root, 'dist', 'cli.js'));
  if (!built) console.error('clew is not built (npm run build): its rows are left out');
  return built;
}

export function clew(args: readonly string[], home: string, clewHome: string, measured = false): Run {
  return node([clewBin, ...args], environment(home, clewHome), measured);
}

export function clewCommand(args: readonly string[]): readonly string[] {
  return [process.execPath, clewBin, ...args];
}

export function environment(home: string, clewHome: string): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return {
    PATH,
    ...(TMPDIR ? { TMPDIR } : {}),
    HOME: home,
    CLEW_HOME: clewHome,
    NO_COLOR: '1',
    LANG: 'C.UTF-8',
  };
}

export function limit(home: string): Run {
  return node([path.join(import.meta.dirname, 'limit.ts'), '--json', home], process.env, true);
}

let usage: string | undefined;

function node(args: readonly string[], env: NodeJS.ProcessEnv, measured: boolean): Run {
  if (!measured) return spawn(process.execPath, args, env);
  usage ??= path.join(tempDir('usage'), 'usage.json');
  rmSync(usage, { force: true });
  const preload = pathToFileURL(path.join(import.meta.dirname, 'at-exit.mjs')).href;
  const run = spawn(process.execPath, args, {
    ...env,
    NODE_OPTIONS: `--import=${preload}`,
    CLEW_BENCH_AT_EXIT: usage,
  });
  return { ...run, ...(JSON.parse(readFileSync(usage, 'utf8')) as Partial<Run>) };
}

function spawn(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Run {
  const start = performance.now();
  const done = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 1 << 30 });
  const took = performance.now() - start;
  if (done.error) throw done.error;
  if (done.status !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${done.status ?? done.signal}:\n${done.stderr.slice(-2000)}`,
    );
  }
  return { ms: took, stdout: done.stdout, maxRSS: Number.NaN, cpu: Number.NaN, read: Number.NaN };
}

/** Runs ccusage's daily report of Claude Code, without the network. */
export function ccusage(home: string): Run {
  const env = { ...environment(home, ''), CLAUDE_CONFIG_DIR: path.join(home, '.claude') };
  return spawn(ccusageBinary(), ['claude', 'daily', '--offline', '--json'], env);
}

// ccusage is a native program in a package for each platform. It is run without the Node script around it, which would
// only add to its time.
function ccusageBinary(): string {
  const folder = path.join(cacheFolder, `ccusage-${ccusageVersion}`);
  const native = `ccusage-${process.platform}-${process.arch}`;
  const binary = path.join(folder, 'node_modules', '@ccusage', native, 'bin', 'ccusage');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    process.stderr.write(`installing ccusage ${ccusageVersion}\n`);
    const install = ['install', '--no-audit', '--no-fund', `ccusage@${ccusageVersion}`];
    const done = spawnSync('npm', install, { cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`ccusage could not be installed:\n${done.stderr}`);
  }
  chmodSync(binary, 0o755);
  return binary;
}

/** What the client calls around a shell command, as it does. */
export function hooker(root: string, home: string, clewHome: string): (event: string, id: string) => void {
  mkdirSync(path.join(clewHome, 'spool'), { recursive: true });
  const env = { ...environment(home, clewHome), CLAUDE_PROJECT_DIR: root, CLEW_BUDGET_MS: '60000' };
  return (event, id) => {
    const payload = {
      session_id: 's',
      cwd: root,
      hook_event_name: event,
      tool_name: 'Bash',
      tool_input: { command: id },
      tool_use_id: id,
    };
    spawnSync('sh', [hookScript(), path.join(clewHome, 'spool'), 'claude-code', event], {
      cwd: root,
      env,
      input: JSON.stringify(payload),
    });
  };
}
