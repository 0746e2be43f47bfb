// The files of a checkpoint: all there were, what the session had made of them by then, and what was in one.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { session, testProject } from '../test/support/project.ts';
import type { TestProject } from '../test/support/project.ts';

async function worked(): Promise<{ project: TestProject; first: string; last: string }> {
  const project = testProject();
  // Makes the store, without which hooks take none.
  await project.clew.takeCheckpoint();
  project.sh("printf '1\\n' > a.txt; mkdir src; echo s > 'src/n ü.sh'; echo x > gone.txt");
  project.hook('UserPromptSubmit', { prompt: 'go' });
  project.bash('t1', "echo 2 >> a.txt; chmod +x src/*; rm gone.txt; ln -s a.txt link; printf '\\0' > b.bin");
  await project.clew.import();
  const rows = project.clew.checkpoints({ session });
  return { project, first: rows.at(-1)?.id ?? '', last: rows[0]?.id ?? '' };
}

test('all files, with what had become of them since the session’s first checkpoint', async () => {
  const { project, first, last } = await worked();
  const { clew } = project;
  expect(clew.checkpointFiles(last)).toEqual({
    checkpoint: last,
    root: project.root,
    since: first,
    files: [
      { path: 'a.txt', type: 'file', size: 4, change: 'update' },
      { path: 'b.bin', type: 'file', size: 1, change: 'create' },
      { path: 'gone.txt', type: null, size: null, change: 'delete' },
      { path: 'link', type: 'link', size: 5, change: 'create' },
      { path: 'src/n ü.sh', type: 'executable', size: 2, change: 'update' },
    ],
  });
  expect(clew.checkpointFiles(first).files.map((one) => one.change)).toEqual([null, null, null]);
  const { id } = await clew.takeCheckpoint();
  expect(clew.checkpointFiles(id)).toMatchObject({ since: null });
});

test('a file as it was, whatever became of it; binary and large ones are told', async () => {
  const { project, first, last } = await worked();
  const { clew, root } = project;
  const text = (id: string, file: string) => clew.checkpointFile(id, file).text;
  expect([text(first, 'a.txt'), text(last, 'a.txt')]).toEqual(['1\n', '1\n2\n']);
  expect(text(first, path.join(root, 'src/n ü.sh'))).toBe('s\n');
  expect(text(last, './link')).toBe('a.txt');
  expect(clew.checkpointFile(last, 'b.bin')).toMatchObject({ text: null, why: 'binary', size: 1 });
  project.sh('head -c 1000001 /dev/zero | tr "\\0" x > long.txt');
  const { id } = await clew.takeCheckpoint();
  expect(clew.checkpointFile(id, 'long.txt')).toMatchObject({ text: null, why: 'large', size: 1_000_001 });
  expect(() => text(last, 'gone.txt')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('of a checkpoint that was thinned out: that its files are gone', async () => {
  const { project, last } = await worked();
  const { clew, context } = project;
  const refs = path.join(context.clewHome, 'objects.git', 'refs', 'checkpoints');
  rmSync(path.join(refs, clew.checkpoint(last).tree ?? ''));
  const gone = expect.objectContaining({ code: 'NO_CHECKPOINT' });
  expect(() => clew.checkpointFiles(last)).toThrow(gone);
  expect(() => clew.checkpointFile(last, 'a.txt')).toThrow(gone);
});
