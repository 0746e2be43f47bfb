// Hooks in Gemini CLI's settings: put in, known again, taken out, and told why they would not run.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../../model/index.ts';
import { hooks } from './index.ts';

function home(settings?: string): { context: Context; file: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-gemini-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, '.gemini', 'settings.json');
  if (settings !== undefined) {
    mkdirSync(path.dirname(file));
    writeFileSync(file, settings);
  }
  const context = {
    env: {},
    home: folder,
    clewHome: path.join(folder, 'clew'),
    cwd: folder,
    machine: 'm',
    now: () => 0,
  };
  return { context, file };
}

const plan = (context: Context) =>
  hooks.planInstall({
    context,
    script: path.join(context.clewHome, 'hooks/record.sh'),
    spool: path.join(context.clewHome, 'spool'),
    version: undefined,
  });

const mine =
  '{\n  // mine\n  "hooks": {"AfterTool": [{"matcher": "*", "hooks": [{"type": "command", "command": "fmt"}]}]}\n}\n';

test.each([undefined, '{}', mine])('settings of %j are given back byte for byte', (settings) => {
  const { context, file } = home(settings);
  hooks.install(plan(context), context);
  const again = plan(context);
  expect(again.after).toBe(again.before);
  expect(again.present.toSorted()).toEqual(again.events.toSorted());
  hooks.uninstall(hooks.planUninstall(context), context);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(settings);
});

test('the agent is named, and waits ten seconds at most: it counts in milliseconds', () => {
  const { context } = home();
  const settings = JSON.parse(plan(context).after ?? '') as {
    hooks: Record<string, { hooks: { command: string; timeout: number }[] }[]>;
  };
  const hook = settings.hooks['BeforeTool']?.[0]?.hooks[0];
  expect(hook?.command).toContain(' gemini-cli BeforeTool ');
  expect(hook?.timeout).toBe(10_000);
});

test('a project has only settings that are committed: they are left alone', () => {
  const { context, file } = home('{}');
  const script = path.join(context.clewHome, 'hooks/record.sh');
  const spool = path.join(context.clewHome, 'spool');
  const planned = hooks.planInstall({ context, script, spool, version: undefined, project: context.home });
  expect(planned).toMatchObject({ before: '{}', after: '{}', warnings: [{ code: 'committed' }] });
  hooks.install(planned, context);
  expect(readFileSync(file, 'utf8')).toBe('{}');
});

test('hooks that are switched off are told', () => {
  const { context } = home('{"hooksConfig": {"enabled": false}}');
  expect(plan(context).warnings).toMatchObject([{ code: 'disabled' }]);
});
