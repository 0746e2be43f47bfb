import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { projectPart } from './project-part.ts';

test('a part of a path stays one; a folder is the project that it belongs to', () => {
  const root = realpathSync(tempFolder());
  const inside = path.join(root, 'api', 'src');
  mkdirSync(inside, { recursive: true });
  mkdirSync(path.join(root, 'api', '.git'));
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(inside);
  expect(['.', '..', './'].map(projectPart)).toEqual(Array(3).fill(path.join(root, 'api')));
  expect(projectPart('../..')).toBe(root);
  expect(projectPart('./gone')).toBe(path.join(inside, 'gone'));
  for (const part of ['api', '.config', '/home/me']) expect(projectPart(part)).toBe(part);
});
