import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { dropSpooled, listSpool, makeSpool, readSpooled, spoolFolder } from './spool.ts';

function spool(files: Readonly<Record<string, number>>): string {
  const home = tempFolder();
  const folder = makeSpool(home);
  for (const [name, time] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), `{"of":"${name}"}`);
    utimesSync(path.join(folder, name), time, time);
  }
  return home;
}

describe('the spool', () => {
  test('lists the calls that wait, oldest first, by name where they are of one time', () => {
    const home = spool({
      'codex.7.30.0.json': 20,
      'claude-code.5.12.1.json': 10,
      'claude-code.5.12.0.json': 10,
      'claude-code.0.11.0.json': 30.0004,
    });
    expect(listSpool(home).map(({ agent, ppid, time, name }) => [agent, ppid, time, name])).toEqual([
      ['claude-code', 5, 10_000, 'claude-code.5.12.0.json'],
      ['claude-code', 5, 10_000, 'claude-code.5.12.1.json'],
      ['codex', 7, 20_000, 'codex.7.30.0.json'],
      ['claude-code', 0, 30_000, 'claude-code.0.11.0.json'],
    ]);
  });

  test('passes over what is being written, what was lost, and what is no call', () => {
    const home = spool({
      'claude-code.5.12.0.part': 1,
      '.lost': 1,
      'notes.json': 1,
      'claude-code.5.12.json': 1,
      'Claude.5.12.0.json': 1,
    });
    mkdirSync(path.join(spoolFolder(home), 'claude-code.5.13.0.json'));
    expect(listSpool(home)).toEqual([]);
  });

  test('that is absent is empty', () => {
    expect(listSpool(path.join(tempFolder(), 'nowhere'))).toEqual([]);
  });

  test('is for its owner alone', () => {
    expect(statSync(spoolFolder(spool({}))).mode & 0o077).toBe(0);
  });

  test('gives a call byte for byte, and is rid of it when it is dropped', () => {
    const home = spool({ 'claude-code.5.12.0.json': 1, 'claude-code.5.12.1.json': 2 });
    const [first, second] = listSpool(home);
    if (!first || !second) throw new Error('two calls were expected');
    expect(readSpooled(home, first).toString()).toBe('{"of":"claude-code.5.12.0.json"}');
    expect(first.size).toBe(32);
    dropSpooled(home, [first.name]);
    expect(listSpool(home)).toEqual([second]);
  });

  test('does not mind that another process has dropped a call', () => {
    const home = spool({ 'claude-code.5.12.0.json': 1 });
    expect(() => dropSpooled(home, ['claude-code.5.11.0.json', 'claude-code.5.12.0.json'])).not.toThrow();
    expect(listSpool(home)).toEqual([]);
  });
});
