// Runs OpenCode once, without its screen, alone with its home: no variable of the machine's user reaches it, and no address
// but loopback.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface OpenCodeWorld {
  readonly folder: string;
  /** What is in its environment besides. */
  readonly env?: Readonly<Record<string, string>>;
  readonly program: string;
  readonly url: string;
}

export interface OpenCodeRun {
  readonly code: number | null;
  readonly session: string | undefined;
}

/** The program itself: the package's own command is a link that its installation made, into a folder that has moved. */
export function programIn(bin: string): string {
  const modules = path.dirname(bin);
  const found = readdirSync(modules)
    .filter(
      (name) => name.startsWith(`opencode-${process.platform}-${process.arch}`) && !name.endsWith('-musl'),
    )
    .toSorted()
    .map((name) => path.join(modules, name, 'bin', 'opencode'))
    // What runs on every processor comes last.
    .findLast((file) => existsSync(file));
  if (found === undefined) throw new Error(`no program for this machine in ${modules}`);
  return found;
}

export function writeConfig({ folder, url }: OpenCodeWorld): void {
  const config = path.join(folder, 'home', '.config', 'opencode');
  mkdirSync(config, { recursive: true });
  const model = { tool_call: true, limit: { context: 200_000, output: 8192 } };
  const cost = { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 };
  const models = {
    'claude-sonnet-4-5': { name: 'S', reasoning: true, cost, ...model },
    'claude-haiku-4-5': { name: 'H', cost, ...model },
  };
  const options = { baseURL: `${url}/v1`, apiKey: 'stub' };
  writeFileSync(
    path.join(config, 'opencode.json'),
    JSON.stringify({
      autoupdate: false,
      share: 'disabled',
      permission: { '*': 'allow', bash: { '*': 'allow', 'rm *': 'ask' } },
      model: 'anthropic/claude-sonnet-4-5',
      small_model: 'anthropic/claude-haiku-4-5',
      provider: { anthropic: { npm: '@ai-sdk/anthropic', options, models } },
    }),
  );
}

/** No variable of the machine's user. */
export function environment(world: OpenCodeWorld): Record<string, string> {
  return {
    PATH: [
      path.dirname(world.program),
      path.dirname(process.execPath),
      '/usr/local/bin',
      '/usr/bin',
      '/bin',
    ].join(':'),
    HOME: path.join(world.folder, 'home'),
    CLEW_HOME: path.join(world.folder, 'clew'),
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    // It asks npm for a package at each start, and would ask for a minute.
    npm_config_fetch_retries: '0',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    ...world.env,
  };
}

export function runOpenCode(
  world: OpenCodeWorld,
  cwd: string,
  ...args: readonly string[]
): Promise<OpenCodeRun> {
  return runWords(world, cwd, world.program, ...args);
}

/** Any command, with `opencode` where it is found. */
export function runWords(
  world: OpenCodeWorld,
  cwd: string,
  command: string,
  ...args: readonly string[]
): Promise<OpenCodeRun> {
  const child = spawn(command, args, { cwd, env: environment(world), stdio: ['ignore', 'pipe', 'ignore'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), 120_000);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code, session: /"sessionID":"([^"]+)"/.exec(said)?.[1] });
    });
  });
}
