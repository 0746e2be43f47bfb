// Putting the plugin into OpenCode's folder, what it does there, and taking it out.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../../model/index.ts';
import { install, planInstall, planUninstall, uninstall } from './install.ts';

let context: Context;
let spool: string;
const script = path.join(import.meta.dirname, '../../../hooks/record.sh');

beforeEach(() => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'clew-opencode-'));
  context = { env: {}, home, clewHome: path.join(home, 'clew'), cwd: home, machine: 'm', now: Date.now };
  spool = path.join(home, 'clew', 'spool');
  mkdirSync(spool, { recursive: true });
});
afterEach(() => rmSync(context.home, { recursive: true }));

const plan = (project?: string) =>
  planInstall({ context, script, spool, version: undefined, ...(project !== undefined && { project }) });
const folder = () => path.join(context.home, '.config', 'opencode', 'plugin');

describe('the file', () => {
  test('is made, known again, and removed with the folder that it was in', () => {
    expect(plan().before).toBeUndefined();
    install(plan());
    const again = plan();
    expect(again.before).toBe(again.after);
    expect(again.present).toEqual(again.events);
    uninstall(planUninstall(context));
    expect(existsSync(folder())).toBe(false);
    uninstall(planUninstall(context));
  });

  test('of a project stands beside it, and not in the project', () => {
    install(plan());
    install(plan('/p'));
    expect(readdirSync(folder())).toHaveLength(2);
    uninstall(planUninstall(context, '/p'));
    expect(readdirSync(folder())).toEqual(['clew.js']);
  });

  test('other plugins stay, and a file of that name that is not clew’s is not touched', () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(path.join(folder(), 'other.js'), '');
    writeFileSync(path.join(folder(), 'clew.js'), 'export const Mine = 1;');
    expect(() => plan()).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    uninstall(planUninstall(context));
    expect(readdirSync(folder())).toEqual(['clew.js', 'other.js']);
  });

  test('is not written over a change that came in between', () => {
    const planned = plan();
    install(plan());
    writeFileSync(
      path.join(folder(), 'clew.js'),
      `${readFileSync(path.join(folder(), 'clew.js'), 'utf8')}\n`,
    );
    expect(() => install(planned)).toThrow(expect.objectContaining({ code: 'BUSY' }));
  });

  test('XDG_CONFIG_HOME moves it; what the user should know is said', () => {
    context = { ...context, env: { XDG_CONFIG_HOME: path.join(context.home, 'conf'), OPENCODE_PURE: '1' } };
    expect(plan().file).toBe(path.join(context.home, 'conf', 'opencode', 'plugin', 'clew.js'));
    expect(plan().warnings.map((one) => one.code)).toEqual(['disabled', 'first-start']);
  });
});

describe('the plugin', () => {
  interface Hooks {
    event(input: object): Promise<void>;
    dispose(): Promise<void>;
    [name: string]: (input: object, output?: object) => Promise<void>;
  }

  /** As OpenCode loads it: `client` is its own, and knows which session another one started. */
  async function load(parents: Record<string, string> = {}, directory = context.home): Promise<Hooks> {
    const { file } = plan();
    const { Clew } = (await import(`${pathToFileURL(file).href}?${Math.random()}`)) as {
      Clew: (input: object) => Promise<Hooks>;
    };
    const get = async ({ path: { id } }: { path: { id: string } }) => ({ data: { parentID: parents[id] } });
    return Clew({ client: { session: { get } }, directory });
  }

  const spooled = (): Record<string, unknown>[] =>
    readdirSync(spool)
      .filter((name) => name.startsWith('opencode.'))
      .map((name) => JSON.parse(readFileSync(path.join(spool, name), 'utf8')) as Record<string, unknown>);

  test('tells a call before and after, under the names that the script knows', async () => {
    install(plan());
    const hooks = await load();
    const call = { tool: 'bash', sessionID: 'ses_1', callID: 'toolu_0123456789ab' };
    await hooks['tool.execute.before']?.(call, { args: { command: 'ls' } });
    expect(spooled()).toEqual([
      {
        hook_event_name: 'PreToolUse',
        session_id: 'ses_1',
        cwd: context.home,
        tool_name: 'Bash',
        tool: 'bash',
        tool_input: { command: 'ls' },
        tool_use_id: 'toolu_0123456789ab',
      },
    ]);
    const result = { title: 'ls', output: 'a\n', metadata: { output: 'a\n', exit: 0 } };
    await hooks['tool.execute.after']?.({ ...call, args: { command: 'ls' } }, result);
    expect(spooled()).toContainEqual(
      expect.objectContaining({
        hook_event_name: 'PostToolUse',
        tool_response: { metadata: { exit: 0 }, output: 'a\n' },
      }),
    );
    await hooks.dispose();
    expect(spooled().map((one) => one['hook_event_name'])).toContain('SessionEnd');
  });

  test('tells a subagent as one of the session that it all began with', async () => {
    install(plan());
    const hooks = await load({ ses_3: 'ses_2', ses_2: 'ses_1' });
    await hooks.event({ event: { type: 'session.idle', properties: { sessionID: 'ses_3' } } });
    expect(spooled()).toEqual([
      { hook_event_name: 'SubagentStop', session_id: 'ses_1', agent_id: 'ses_3', cwd: context.home },
    ]);
    await hooks.dispose();
  });

  test('lets nothing be felt that fails: no script, no spool, events of another shape', async () => {
    install(planInstall({ context, script: '/nowhere', spool: '/nowhere', version: undefined }));
    const hooks = await load();
    await hooks.event({ event: { type: 'session.created', properties: {} } });
    await hooks['chat.message']?.({ sessionID: 'ses_1' }, {});
    await hooks['tool.execute.before']?.({ tool: 'bash', sessionID: 'ses_1', callID: 'c' }, { args: {} });
    await hooks['tool.execute.after']?.({ tool: 'bash', sessionID: 'ses_1', callID: 'c' }, undefined);
    await hooks.dispose();
    expect(spooled()).toEqual([]);
  });

  test('of a project does nothing elsewhere, and two in one folder tell everything once', async () => {
    install(plan('/some/project'));
    const { file } = plan('/some/project');
    const { Clew } = (await import(pathToFileURL(file).href)) as { Clew: (input: object) => Promise<object> };
    expect(await Clew({ client: {}, directory: '/some/project-two' })).toEqual({});
    expect(Object.keys(await Clew({ client: {}, directory: '/some/project' }))).toContain('event');
    expect(await Clew({ client: {}, directory: '/some/project' })).toEqual({});
  });
});
