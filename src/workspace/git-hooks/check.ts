// Whether git's hooks are in place and do what they should, for `clew doctor`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installedGitScript } from '../../hooks/index.ts';
import { cleanEnvironment } from '../git.ts';
import { knownHooks } from './known.ts';
import type { HookPlace } from './places.ts';
import { hookAt, homeIn } from './plan.ts';
import { commitHooks, renewed, wayOf } from './text.ts';

export interface HookCheck {
  readonly name: string;
  readonly ok: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly hint?: string;
}

const hint = '`clew init --git` there puts them in; without them clew sees commits by the reflog';

/** One check for each repository that is known to have hooks. */
export function gitHookChecks(clewHome: string): HookCheck[] {
  const known = knownHooks(clewHome);
  if (known.length === 0) return [];
  const fault = tryScript(clewHome, known.find((place) => existsSync(place.root))?.root);
  return known
    .filter((place) => existsSync(place.root))
    .map((place) => {
      const name = `git hooks of ${place.root}`;
      const wrong = fault ?? faultOf(place, clewHome);
      return wrong === undefined
        ? { name, ok: 'ok', message: `in ${place.folder}; a trial call was kept` }
        : { name, ok: 'warn', message: wrong, hint };
    });
}

function faultOf({ folder }: HookPlace, clewHome: string): string | undefined {
  const found = commitHooks.map((hook) => ({ hook, at: hookAt(path.join(folder, hook)) }));
  const missing = found.filter(({ at }) => !at || at.isLink || !wayOf(at.text)).map(({ hook }) => hook);
  if (missing.length > 0) return `${missing.join(', ')} in ${folder} no longer tell clew of commits`;
  const home = homeIn(clewHome);
  const off = found.filter(({ at }) => !at?.isExecutable).map(({ hook }) => hook);
  if (off.length > 0) return `git does not run ${off.join(', ')} in ${folder}: they are not executable`;
  const old = found.filter(({ hook, at }) => at && renewed(at.text, hook, home) !== at.text);
  return old.length > 0 ? `those in ${folder} are of another version, or call another home` : undefined;
}

/** Calls the installed script as git would, with a spool of its own; says what is wrong, if anything is. */
function tryScript(clewHome: string, cwd: string | undefined): string | undefined {
  const script = installedGitScript(clewHome, 'git-commit.sh');
  if (!existsSync(script)) return `${script} is missing`;
  const home = mkdtempSync(path.join(os.tmpdir(), 'clew-doctor-'));
  try {
    const copy = path.join(home, 'hooks', path.basename(script));
    mkdirSync(path.dirname(copy));
    mkdirSync(path.join(home, 'spool'));
    copyFileSync(script, copy);
    const done = spawnSync('sh', [copy, 'post-commit'], { cwd, env: cleanEnvironment(), timeout: 5000 });
    const kept = readdirSync(path.join(home, 'spool')).filter((name) => name.endsWith('.json'));
    return done.status === 0 && kept.length === 1 ? undefined : `${script} does not keep what it is given`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
