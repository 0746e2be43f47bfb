// Which OpenCode is installed: its package says so without being started; a single binary is asked.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from '../../../model/index.ts';

export async function installedVersion(context: Context, timeout = 5000): Promise<string | undefined> {
  const { env, home, cwd } = context;
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const names = process.platform === 'win32' ? ['opencode.cmd', 'opencode.exe'] : ['opencode'];
  const binary = [...folders, path.join(home, '.opencode', 'bin')]
    .flatMap((folder) => names.map((name) => path.resolve(cwd, folder, name)))
    .find((file) => existsSync(file));
  return binary && (packageVersion(binary) ?? (await askVersion(binary, context, timeout)));
}

/** From the package.json above the real file: of the package, or of the one with the binary for this machine. */
function packageVersion(binary: string): string | undefined {
  try {
    for (
      let folder = path.dirname(realpathSync(binary)), up = 0;
      up < 3;
      folder = path.dirname(folder), up++
    ) {
      const file = path.join(folder, 'package.json');
      if (!existsSync(file)) continue;
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
        name?: unknown;
        version?: unknown;
      };
      if (typeof name === 'string' && name.startsWith('opencode-') && typeof version === 'string')
        return version;
    }
  } catch {
    // Not readable, or not JSON: then it is asked.
  }
  return undefined;
}

/** With a throw-away home: it makes its folders even for that. */
function askVersion(binary: string, { env }: Context, timeout: number): Promise<string | undefined> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'clew-version-'));
  const home = {
    HOME: scratch,
    XDG_DATA_HOME: scratch,
    XDG_CONFIG_HOME: scratch,
    XDG_STATE_HOME: scratch,
    XDG_CACHE_HOME: scratch,
  };
  const options = { env: { ...env, ...home }, cwd: scratch, timeout, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve) => {
    const child = execFile(binary, ['--version'], options, (_error, stdout) => {
      rmSync(scratch, { recursive: true, force: true, maxRetries: 2 });
      resolve(/^\s*(\d+\.\d+\.\d+)/.exec(stdout)?.[1]);
    });
    child.stdin?.end();
  });
}
