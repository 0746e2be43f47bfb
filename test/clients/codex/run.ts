// Runs `codex exec` once, alone with its home: no variable of the machine's user reaches it, and no address but loopback.
import { spawn } from 'node:child_process';
import path from 'node:path';

export interface CodexWorld {
  readonly version: string;
  readonly folder: string;
  /** What is in its environment besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that `codex` is in. */
  readonly bin: string;
}

export interface CodexRun {
  readonly code: number | null;
  readonly session: string | undefined;
}

/** Hooks that were just installed; a user would be asked whether they are to be trusted. */
const trusting = '--dangerously-bypass-hook-trust';

export const configOf = (url: string): string => `model = "gpt-5.5-codex"
model_provider = "stub"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.stub]
name = "stub"
base_url = "${url}/v1"
env_key = "STUB_KEY"
wire_api = "responses"
supports_websockets = false
`;

export function runCodex(
  { version, folder, bin, env: more }: CodexWorld,
  cwd: string,
  prompt: string,
  ...args: readonly string[]
): Promise<CodexRun> {
  const env = {
    PATH: [bin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: path.join(folder, 'home'),
    CLEW_HOME: path.join(folder, 'clew'),
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    STUB_KEY: 'stub',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    ...more,
  };
  const trust = version === '0.47.0' ? [] : [trusting];
  const words = ['exec', '--json', '--skip-git-repo-check', ...trust, ...args, prompt];
  const child = spawn('codex', words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), 90_000);
  let said = '';
  let complaint = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code !== 0) console.error(complaint.slice(-800));
      done({ code, session: /"thread_id":"([^"]+)"/.exec(said)?.[1] });
    });
  });
}
