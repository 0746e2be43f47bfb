// The surroundings of one version of the client: a home folder, a git repository to work in, a stub to talk to, and
// clew's home. Nothing of the machine's own user is in it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { startStub, type Stub } from '../stub/server.ts';
import type { Scenarios } from '../stub/scenario.ts';
import type { Installed, Version } from './install.ts';

export interface World {
  readonly version: Version;
  readonly folder: string;
  readonly home: string;
  readonly work: string;
  readonly clewHome: string;
  /** What the user's own hooks saw; see settings.ts. */
  readonly seen: string;
  readonly stub: Stub;
  /** The client comes first on the path, then the Node that runs this. */
  readonly env: Readonly<Record<string, string>>;
}

export async function makeWorld(installed: Installed, folder: string, scenarios: Scenarios): Promise<World> {
  const at = (name: string) => {
    mkdirSync(path.join(folder, name), { recursive: true });
    return realpathSync(path.join(folder, name));
  };
  const [home, work, clewHome, seen, tmp] = [at('home'), at('work'), at('clew'), at('seen'), at('tmp')];
  const env = {
    PATH: [installed.bin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(
      path.delimiter,
    ),
    HOME: home,
    CLEW_HOME: clewHome,
    TMPDIR: tmp,
    USER: 'tester',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    SEEN: seen,
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: work, env, stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Tester');
  git('config', 'user.email', 'tester@example.invalid');
  git('commit', '-q', '--allow-empty', '-m', 'init');
  const stub = await startStub({ scenarios, work, ledger: path.join(folder, 'ledger.jsonl') });
  return { version: installed.version, folder, home, work, clewHome, seen, stub, env };
}
