// A project in a temporary home, in which an agent seems to work: its hooks are called as an agent calls them, and what
// its tools do to files is done in between.
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { hookScript } from '../../src/hooks/index.ts';
import { openClew } from '../../src/index.ts';
import type { Clew, Context } from '../../src/index.ts';
import { tempFolder } from './home.ts';

export interface TestProject {
  readonly root: string;
  readonly context: Context;
  readonly clew: Clew;
  /** Runs a shell command in the project, with no hook. */
  readonly sh: (command: string) => void;
  /** Calls the hook for an event. */
  readonly hook: (event: string, payload?: object) => void;
  /** A shell command of the agent's, with its hooks. */
  readonly bash: (id: string, command: string) => void;
  /** All files with modes and contents, but `.git`. */
  readonly files: () => Record<string, string>;
}

export const session = '11111111-2222-4333-8444-555555555555';

export function testProject(options: { git?: boolean } = {}): TestProject {
  const home = tempFolder();
  const root = path.join(home, 'work', 'project');
  const clewHome = path.join(home, 'clew');
  mkdirSync(root, { recursive: true });
  const context: Context = {
    env: {},
    home,
    clewHome,
    cwd: root,
    machine: 'test-machine',
    now: Date.now,
  };
  const clew = openClew({ context });
  onTestFinished(() => clew.close());
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const run = (command: string, args: readonly string[], input?: string, more: object = {}): void => {
    const done = spawnSync(command, args, { cwd: root, input, env: { ...env, ...more }, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.status} ${done.stderr}`);
  };
  const sh = (command: string): void => run('sh', ['-c', command]);
  if (options.git !== false) {
    sh('git init -q -b main . && git config user.name test && git config user.email test@example.org');
  }
  mkdirSync(path.join(clewHome, 'spool'), { recursive: true });
  mkdirSync(path.join(home, '.claude', 'projects'), { recursive: true });
  const hook = (event: string, payload: object = {}): void => {
    const told = { session_id: session, cwd: root, hook_event_name: event, ...payload };
    // Long enough for a machine that is busy: what is late is another test's matter.
    const more = { CLAUDE_PROJECT_DIR: root, CLEW_BUDGET_MS: '20000' };
    run('sh', [hookScript(), path.join(clewHome, 'spool'), 'claude-code', event], JSON.stringify(told), more);
  };
  const call = (id: string, command: string): object => ({
    tool_name: 'Bash',
    tool_input: { command },
    tool_use_id: id,
  });
  return {
    root,
    context,
    clew,
    sh,
    hook,
    bash(id, command) {
      hook('PreToolUse', call(id, command));
      sh(command);
      hook('PostToolUse', call(id, command));
    },
    files: () => filesBelow(root),
  };
}

export function filesBelow(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string): void => {
    for (const name of readdirSync(path.join(root, folder)).toSorted()) {
      const at = path.join(folder, name);
      if (at === '.git') continue;
      const stat = lstatSync(path.join(root, at));
      if (stat.isDirectory()) walk(at);
      else if (stat.isSymbolicLink()) found[at] = `-> ${readlinkSync(path.join(root, at))}`;
      else found[at] = `${stat.mode & 0o100 ? 'x' : '-'} ${readFileSync(path.join(root, at), 'latin1')}`;
    }
  };
  walk('');
  return found;
}

export const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
