import { expect, test } from 'vitest';
import { candidates } from './complete.ts';

const ids = [{ value: '3f2a9c1e', what: 'Fix the login' }];
const values = async (...words: string[]): Promise<string[]> =>
  (await candidates(words, async () => ids)).map(({ value }) => value);

test('commands, but none that are not for people', async () => {
  expect(await values('se')).toEqual(['sessions', 'search', 'session']);
  expect(await values('compl')).toEqual(['completion']);
});

test('flags and their values', async () => {
  expect(await values('sessions', '--st')).toEqual(['--status']);
  expect(await values('sessions', '--status', 'act')).toEqual(['active']);
  expect(await values('log', '--kind', 'prompt,an')).toEqual(['prompt,answer']);
});

test('ids of sessions, where one is wanted', async () => {
  expect(await values('show', '3')).toEqual(['3f2a9c1e']);
  expect(await values('log', '--follow', '')).toEqual(['3f2a9c1e']);
  expect(await values('demo', 'log', '')).toEqual(['3f2a9c1e']);
  expect(await values('log', '3f2a9c1e', '')).toEqual([]);
});

test('commands within a command, their flags and their ids', async () => {
  expect(await values('session', 's')).toEqual(['start', 'status', 'snapshot']);
  expect(await values('session', 'end', '--rea')).toEqual(['--reason']);
  expect(await values('session', 'end', '--status', 'ab')).toEqual(['aborted']);
  expect(await values('session', 'end', '3')).toEqual(['3f2a9c1e']);
  expect(await values('session', 'add', '3f2a9c1e', 'file_')).toEqual(['file_read', 'file_write']);
});

test('nothing where files are wanted: the shell knows them', async () => {
  expect(await values('export', '3f2a', '--output', 'a')).toEqual([]);
  expect(await values('import', '')).toEqual([]);
  expect(await values('nonsense', '')).toEqual([]);
});
