import { describe, expect, test } from 'vitest';
import { contents } from './contents.ts';
import { call, only, read, result } from './fixture.ts';
import { patchOfNewFile } from '../shared/patch.ts';
import type { Json } from '../shared/shapes.ts';

const changesOf = (tool: string, input: Json, told: Json) =>
  only(read(call('t', tool, input), result('t', 'ok', { toolUseResult: told })), 'change').map(
    ({ path, kind, added, removed, partial, diff }) => ({ path, kind, added, removed, partial, diff }),
  );

const hunk = { oldStart: 1, oldLines: 2, newStart: 1, newLines: 2, lines: [' one', '-two', '+2'] };
const diff = '@@ -1,2 +1,2 @@\n one\n-two\n+2';

describe('a change', () => {
  test('is told by an edit with its patch', () => {
    const told = {
      filePath: '/p/a',
      oldString: 'two',
      newString: '2',
      originalFile: 'one\ntwo\n',
      structuredPatch: [hunk],
    };
    expect(changesOf('Edit', {}, told)).toEqual([
      { path: '/p/a', kind: 'update', added: 1, removed: 1, partial: false, diff },
    ]);
    expect(contents({ toolUseResult: told })).toEqual([
      { path: '/p/a', before: 'one\ntwo\n', after: 'one\n2\n' },
    ]);
  });

  test('is told by several edits at once (MultiEdit, to 1.0.x)', () => {
    const told = {
      filePath: '/p/a',
      originalFileContents: 'one\ntwo\n',
      structuredPatch: [hunk, { ...hunk, oldStart: 9, newStart: 9 }],
    };
    expect(changesOf('MultiEdit', {}, told)).toMatchObject([
      { kind: 'update', added: 2, removed: 2, partial: false },
    ]);
  });

  test('is told by a file that is new, from its content', () => {
    const told = {
      type: 'create',
      filePath: '/p/a',
      content: 'one\ntwo\n',
      structuredPatch: [],
      originalFile: null,
    };
    expect(changesOf('Write', {}, told)).toEqual([
      {
        path: '/p/a',
        kind: 'create',
        added: 2,
        removed: 0,
        partial: false,
        diff: '@@ -0,0 +1,2 @@\n+one\n+two',
      },
    ]);
    expect(contents({ toolUseResult: told })).toEqual([{ path: '/p/a', before: null, after: 'one\ntwo\n' }]);
  });

  test('makes a file where an edit puts something in the place of nothing', () => {
    const told = {
      filePath: '/p/a',
      oldString: '',
      newString: 'new\n',
      originalFile: '',
      structuredPatch: [{ oldStart: 1, oldLines: 0, newStart: 1, newLines: 1, lines: ['+new'] }],
    };
    expect(changesOf('Edit', {}, told)).toMatchObject([{ kind: 'create', added: 1, removed: 0 }]);
  });

  test('may be of nothing: a file written as it was, or made empty', () => {
    expect(
      changesOf(
        'Write',
        {},
        { type: 'update', filePath: '/p/a', content: 'x', originalFile: 'x', structuredPatch: [] },
      ),
    ).toMatchObject([{ kind: 'update', added: 0, removed: 0, partial: false }]);
    expect(
      changesOf(
        'Write',
        {},
        { type: 'create', filePath: '/p/a', content: '', originalFile: null, structuredPatch: [] },
      ),
    ).toMatchObject([{ kind: 'create', added: 0, partial: false, diff: '' }]);
  });

  test('without a patch is told to be a part', () => {
    expect(changesOf('Edit', {}, { filePath: '/p/a', oldString: 'a', newString: 'b' })).toMatchObject([
      { kind: 'update', partial: true, diff: '' },
    ]);
  });

  test('is not told by a call that failed, nor by one that only read', () => {
    const facts = read(
      call('t', 'Write', { file_path: '/p/a' }),
      result('t', 'no', { toolUseResult: { filePath: '/p/a', structuredPatch: [hunk] } }, true),
    );
    expect(only(facts, 'change')).toEqual([]);
    expect(changesOf('Read', {}, { type: 'text', file: { filePath: '/p/a', content: 'x' } })).toEqual([]);
  });
});

describe('a change of a notebook', () => {
  const told = { new_source: 'print(2)', edit_mode: 'replace', cell_id: 'c1', notebook_path: '/p/n.ipynb' };
  const notebook = (source: unknown): string =>
    JSON.stringify({
      cells: [
        { id: 'c0', source: 'x' },
        { id: 'c1', source },
      ],
    });

  test.each<[string, Json]>([
    ['2.1.329', { ...told, old_source: 'print(1)' }],
    ['2.1.50 on', { ...told, original_file: notebook(['print', '(1)']) }],
    ['2.1.50 on', { ...told, original_file: notebook('print(1)') }],
  ])('tells the cell before and after (%s)', (_version, told) => {
    expect(changesOf('NotebookEdit', {}, told)).toEqual([
      {
        path: '/p/n.ipynb',
        kind: 'update',
        added: 1,
        removed: 1,
        partial: false,
        diff: '@@ -1,1 +1,1 @@ cell c1\n-print(1)\n+print(2)',
      },
    ]);
  });

  test('tells only the cell after (1.0.x, 2.0.77), and the path stands in the call', () => {
    const { notebook_path, ...rest } = told;
    expect(changesOf('NotebookEdit', { notebook_path }, rest)).toMatchObject([
      { path: '/p/n.ipynb', added: 1, removed: 0, partial: true },
    ]);
  });

  test('has the whole notebook', () => {
    expect(contents({ toolUseResult: { ...told, original_file: 'a', updated_file: 'b' } })).toEqual([
      { path: '/p/n.ipynb', before: 'a', after: 'b' },
    ]);
  });
});

describe('what a shell command changed', () => {
  test('is told of five files by hunks, of the others by name', () => {
    const files = [
      {
        filePath: '/p/new',
        hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 1, lines: ['+n'] }],
        created: true,
      },
      {
        filePath: '/p/gone',
        hunks: [{ oldStart: 1, oldLines: 1, newStart: 0, newLines: 0, lines: ['-g'] }],
        deleted: true,
      },
      { filePath: '/p/a', hunks: [hunk] },
    ];
    const told = {
      stdout: '',
      bashEditDiff: { files, moreFiles: 1, changedFiles: ['/p/new', '/p/gone', '/p/a', '/p/blob.bin'] },
    };
    expect(changesOf('Bash', { command: 'make' }, told)).toMatchObject([
      { path: '/p/new', kind: 'create', added: 1, removed: 0, partial: false },
      { path: '/p/gone', kind: 'delete', added: 0, removed: 1, partial: false },
      { path: '/p/a', kind: 'update', added: 1, removed: 1, partial: false },
      { path: '/p/blob.bin', kind: 'update', added: 0, removed: 0, partial: true },
    ]);
  });
});

test('a new file without a last line end says so', () => {
  expect(patchOfNewFile('a\nb')).toEqual({
    diff: '@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file',
    added: 2,
    removed: 0,
  });
});
