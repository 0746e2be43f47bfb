// What config.json says about checkpoints reaches the hook.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testProject } from '../../test/support/project.ts';
import { objectsOf } from './objects.ts';
import { stateFolder, writeSettings } from './settings.ts';
import { takeTree } from './take.ts';

test('limits count from the next checkpoint on, and go with their setting', () => {
  const { context, root, sh } = testProject();
  const limits = path.join(context.clewHome, 'workspaces', 'limits');
  writeSettings(context, {});
  expect(existsSync(limits)).toBe(false);
  writeSettings(context, { maxFileBytes: 10, budgetMs: 90, network: true });
  expect(readFileSync(limits, 'utf8')).toContain('clew_max_file=10\nclew_budget=90\nclew_network=1\n');
  sh('echo short > a; echo much longer than ten > b');
  const names = (): string[] => [...objectsOf(context.clewHome).files(takeTree(context, root)).keys()];
  expect(names()).toEqual(['a']);
  writeSettings(context, {});
  expect(existsSync(limits)).toBe(false);
  expect(names()).toEqual(['a', 'b']);
});

test('`enabled: false` stops the hooks, and a file that the user made stays', () => {
  const { context } = testProject();
  const off = path.join(context.clewHome, 'workspaces', 'off');
  writeSettings(context, { enabled: false });
  expect(existsSync(off)).toBe(true);
  writeSettings(context, {});
  expect(existsSync(off)).toBe(false);
  mkdirSync(path.dirname(off), { recursive: true });
  writeFileSync(off, '');
  writeSettings(context, { enabled: true });
  expect(existsSync(off)).toBe(true);
});

test('ignored paths are taken where they are asked for, in all projects or in one, and no longer when not', () => {
  const { context, root, sh } = testProject();
  sh(
    "printf '.env\\nkeys/\\nnode_modules/\\n*.o\\n' > .gitignore; mkdir -p keys 'a b' node_modules/x; echo 1 > .env; echo 2 > 'a b/.env'; echo 3 > keys/k; echo 4 > node_modules/x/.env; echo 5 > o.o",
  );
  const names = (): string[] =>
    [...objectsOf(context.clewHome).files(takeTree(context, root)).keys()].filter(
      (name) => name !== '.gitignore',
    );
  expect(names()).toEqual([]);
  writeSettings(context, { include: ['.env', { project: root, paths: ['keys/'] }] });
  expect(names()).toEqual(['.env', 'a b/.env', 'keys/k']);
  sh("echo more >> .env; rm 'a b/.env'; echo '*.p' >> .gitignore");
  const tree = takeTree(context, root);
  const now = objectsOf(context.clewHome).files(tree);
  expect(
    objectsOf(context.clewHome)
      .contents([now.get('.env')!.oid])
      .get(now.get('.env')!.oid)
      ?.toString(),
  ).toBe('1\nmore\n');
  expect(names()).toEqual(['.env', 'keys/k']);
  writeSettings(context, { include: ['.env'] });
  expect(existsSync(path.join(stateFolder(context.clewHome, root), 'include'))).toBe(false);
  expect(names()).toEqual(['.env']);
  writeSettings(context, {});
  expect(names()).toEqual([]);
});
