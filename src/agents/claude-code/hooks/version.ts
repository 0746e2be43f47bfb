// Which Claude Code is installed. Its package says so without being started: starting it takes up to two seconds, and
// old ones leave files behind. Only where there is no package (a shim, a single binary) is it asked itself.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from '../../../model/context.ts';
import { findProgram, packageVersion } from '../../shared/hooks/program.ts';

/** The version on PATH, or at the places where its own installers put it; undefined when there is none to be found. */
export async function installedVersion(context: Context, timeout = 5000): Promise<string | undefined> {
  const { home } = context;
  const places = [path.join(home, '.local', 'bin'), path.join(home, '.claude', 'local')];
  const binary = findProgram('claude', places, context);
  return (
    binary &&
    (packageVersion(binary, '@anthropic-ai/claude-code') ?? (await askVersion(binary, context, timeout)))
  );
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
