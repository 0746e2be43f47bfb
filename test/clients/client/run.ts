// Runs the client once, in print mode, alone with its world: no variable of the machine's user reaches it, and no
// address but loopback. Ends what it started, by process id, and nothing else.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { World } from './world.ts';

export interface RunOptions {
  readonly name: string;
  readonly prompt: string;
  readonly args?: readonly string[];
  /** Where it is started, if not in the world's folder. */
  readonly cwd?: string;
  readonly timeoutMs?: number;
  /** With the permissions of a user who is asked; print mode denies what would need asking. */
  readonly asks?: boolean;
  /** Called once it runs; the run is over when this is, too. */
  readonly meanwhile?: (child: ChildProcess, ended: Promise<unknown>) => Promise<void>;
}

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly ms: number;
  /** The last session id that the client printed: some versions first print one that is not the session's. */
  readonly session: string | undefined;
  /** The end of what it said on stderr. */
  readonly complaint: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

export async function runClient(world: World, options: RunOptions): Promise<Run> {
  const started = Date.now();
  const permissions = options.asks ? ['--permission-mode', 'default'] : ['--dangerously-skip-permissions'];
  const child = spawn(
    'claude',
    [
      '-p',
      options.prompt,
      '--output-format',
      'stream-json',
      '--verbose',
      ...permissions,
      ...(options.args ?? []),
    ],
    {
      cwd: options.cwd ?? world.work,
      env: { ...world.env, ...offline(world.stub.url) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.add(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 60_000);
  const log = createWriteStream(path.join(world.folder, `${options.name}.out.jsonl`));
  let session: string | undefined;
  let complaint = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    log.write(`${line}\n`);
    session = /"session_id":"([^"]+)"/.exec(line)?.[1] ?? session;
  });
  child.stderr.on('data', (data: Buffer) => {
    complaint = (complaint + data.toString()).slice(-2000);
  });
  // `exit`, not `close`: a command left in the background may hold the pipes long after the client's end.
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code, signal) => done({ code, signal }));
  });
  try {
    const [end] = await Promise.all([ended, options.meanwhile?.(child, ended)]);
    return { ...end, ms: Date.now() - started, session, complaint };
  } finally {
    clearTimeout(timer);
    running.delete(child);
    child.stdout.destroy();
    child.stderr.destroy();
    log.end();
  }
}

/** Keeps the client from talking to anything but the stub. */
function offline(url: string): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'stub',
    IS_SANDBOX: '1', // or root may not skip permissions
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
}
