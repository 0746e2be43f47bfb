// Runs Gemini CLI once, in print mode, alone with its home: no variable of the machine's user reaches it, and no address but
// loopback.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface GeminiWorld {
  readonly folder: string;
  /** What is in its environment besides. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that `gemini` is in. */
  readonly bin: string;
  readonly url: string;
}

export interface GeminiRun {
  readonly code: number | null;
  readonly session: string | undefined;
}

export function writeGeminiSettings({ folder }: GeminiWorld): void {
  const place = path.join(folder, 'home', '.gemini');
  mkdirSync(place, { recursive: true });
  writeFileSync(
    path.join(place, 'settings.json'),
    JSON.stringify({
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
    }),
  );
}

export function runGemini(
  world: GeminiWorld,
  cwd: string,
  prompt: string,
  ...args: readonly string[]
): Promise<GeminiRun> {
  const env = {
    PATH: [world.bin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: path.join(world.folder, 'home'),
    CLEW_HOME: path.join(world.folder, 'clew'),
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    GEMINI_API_KEY: 'stub',
    GOOGLE_GEMINI_BASE_URL: world.url,
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NO_PROXY: '127.0.0.1,localhost',
    ...world.env,
  };
  const words = ['-p', prompt, '-y', '-o', 'stream-json', ...args];
  const child = spawn('gemini', words, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), 90_000);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code, session: /"session_id":"([^"]+)"/.exec(said)?.[1] });
    });
  });
}
