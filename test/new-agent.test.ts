// docs/new-agent.md holds a whole adapter: it is taken from there as it stands, and must work.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openClew, systemContext } from '../src/index.ts';
import type { Clew } from '../src/index.ts';
import { tempFolder } from './support/home.ts';

const page = readFileSync(path.join(import.meta.dirname, '..', 'docs', 'new-agent.md'), 'utf8');
const block = (kind: string): string => new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

let home: string;
let clewHome: string;
beforeEach(() => {
  home = tempFolder();
  clewHome = path.join(home, 'clew');
  mkdirSync(clewHome);
  mkdirSync(path.join(home, '.rover', 'sessions'), { recursive: true });
});

const configure = (adapter: string, config = block('json')): void => {
  writeFileSync(path.join(clewHome, 'rover.mjs'), adapter);
  writeFileSync(path.join(clewHome, 'config.json'), config);
};
function open(): Clew {
  const clew = openClew({
    context: systemContext({ PATH: process.env['PATH'], HOME: home, CLEW_HOME: clewHome }),
  });
  onTestFinished(() => clew.close());
  return clew;
}
const sessionFile = (name: string): string => path.join(home, '.rover', 'sessions', `${name}.jsonl`);

describe('the adapter of docs/new-agent.md', () => {
  test('reads the session that the page shows', async () => {
    configure(block('js'));
    writeFileSync(sessionFile('one'), block('jsonl'));
    const clew = open();
    const report = await clew.import();
    expect(report.failures).toEqual([]);
    const [session] = clew.sessions({ agent: 'rover' });
    expect(session).toMatchObject({
      id: 'one',
      agent: 'rover',
      agentVersion: '3.1',
      project: '/home/me/garden',
      title: 'Water the plants',
      turns: 1,
      messages: 1,
      operations: 1,
      errors: 1,
      tokens: { input: 900, output: 40 },
      // 900 tokens at a dollar a million, 40 at five.
      cost: { computed: 1100, unpricedTokens: 0 },
    });
    expect(clew.operation('t1')).toMatchObject({ name: 'shell', status: 'failed', error: 'no water' });
    expect(clew.search('water').map((hit) => hit.session)).toContain('one');
    expect(clew.agents().find((one) => one.name === 'rover')).toMatchObject({ sessions: 1, hooks: false });
  });

  test('is known to import workers, and to reindex', async () => {
    configure(block('js'));
    const line = block('jsonl').split('\n')[1] ?? '';
    for (const name of ['a', 'b', 'c'])
      writeFileSync(
        sessionFile(name),
        block('jsonl').replaceAll('p1', name) +
          Array.from({ length: 20_000 }, (_, n) => line.replaceAll('p1', `${name}${n}`)).join('\n') +
          '\n',
      );
    const clew = open();
    const { bytes, failures } = await clew.import();
    expect([bytes > 5_000_000, failures]).toEqual([true, []]);
    const before = clew.sessions();
    clew.reindex();
    expect(clew.sessions()).toEqual(before);
    expect(before.map((one) => one.turns)).toEqual([20_001, 20_001, 20_001]);
  });
});

describe('an adapter that is none', () => {
  test.each([
    ['throws', 'throw new Error("no luck");', /rover\.mjs cannot be loaded: no luck/],
    ['has no default export', 'export const name = "rover";', /is no adapter/],
    ['lacks what it must have', 'export default { name: "rover" };', /is no adapter: .*title/],
    ['is of an agent that clew reads', block('js').replaceAll("'rover'", "'claude-code'"), /reads already/],
  ])('%s: that is told, with what to do', (_, text, words) => {
    configure(text);
    expect(() => open()).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringMatching(words) }),
    );
  });

  test('is not there', () => {
    configure('', '{ "adapters": ["clew-adapter-nowhere"] }');
    expect(() => open()).toThrow(/clew-adapter-nowhere cannot be loaded/);
  });
});
