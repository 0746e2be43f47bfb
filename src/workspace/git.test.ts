import path from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { git, tryGit } from './git.ts';

test('in a folder that is gone git fails, and is not taken to be missing', () => {
  const cwd = path.join(tempFolder(), 'gone');
  expect(tryGit(['status'], { cwd })).toMatchObject({ status: 128 });
  expect(() => git(['status'], { cwd })).toThrow(expect.objectContaining({ code: 'GIT_FAILED' }));
});
