// Which Claude Code is installed. Its package says so without being started: starting it takes up to two seconds, and
// old ones leave files behind. Only where there is no package (a shim, a single binary) is it asked itself.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from '../../../model/context.ts';

/** The version on PATH, or at the places where its own installers put it; undefined when there is none to be found. */
export async function installedVersion(context: Context, timeout = 5000): Promise<string | undefined> {
  const binary = findBinary(context);
  return binary && (packageVersion(binary) ?? (await askVersion(binary, context, timeout)));
}

function findBinary({ env, home, cwd }: Context): string | undefined {
  const names = process.platform === 'win32' ? ['claude.cmd', 'claude.exe', 'claude'] : ['claude'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return [...folders, path.join(home, '.local', 'bin'), path.join(home, '.claude', 'local')]
    .flatMap((folder) => names.map((name) => path.resolve(cwd, folder, name)))
    .find((file) => existsSync(file));
}

/** From the package.json above the real file, or from the file's name: native installs are `…/versions/2.1.329`. */
function packageVersion(binary: string): string | undefined {
  try {
    const real = realpathSync(binary);
    if (/^\d+\.\d+\.\d+$/.test(path.basename(real))) return path.basename(real);
    for (let folder = path.dirname(real), up = 0; up < 3; folder = path.dirname(folder), up++) {
      const file = path.join(folder, 'package.json');
      if (!existsSync(file)) continue;
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
        name?: unknown;
        version?: unknown;
      };
      if (name === '@anthropic-ai/claude-code' && typeof version === 'string') return version;
    }
  } catch {
    // Not readable, or not JSON: then it is asked.
  }
  return undefined;
}

/** What `claude --version` answers, with a throw-away folder for the files that 1.x writes even then. */
function askVersion(binary: string, { env, home }: Context, timeout: number): Promise<string | undefined> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'clew-version-'));
  const quiet = {
    CLAUDE_CONFIG_DIR: scratch,
    npm_config_cache: scratch,
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
  const options = {
    env: { ...env, HOME: home, ...quiet },
    cwd: scratch,
    timeout,
    killSignal: 'SIGKILL',
  } as const;
  return new Promise((resolve) => {
    const child = execFile(binary, ['--version'], options, (_error, stdout) => {
      rmSync(scratch, { recursive: true, force: true, maxRetries: 2 });
      resolve(/^\s*(\d+\.\d+\.\d+)/.exec(stdout)?.[1]);
    });
    child.stdin?.end();
  });
}
