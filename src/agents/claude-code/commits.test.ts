import { expect, test } from 'vitest';
import { call, only, read, result } from './fixture.ts';
import type { Json } from '../shared/shapes.ts';

const found = (command: string, stdout: string, more: Json = {}) =>
  only(
    read(call('t', 'Bash', { command }), result('t', stdout, { toolUseResult: { stdout, ...more } })),
    'entry',
  ).filter((one) => one.kind === 'commit' || one.kind === 'pull_request');
const texts = (...given: Parameters<typeof found>) => found(...given).map((one) => one.text);

test.each([
  [
    'git commit -m x',
    '[main 1a2b3c4] feat(x): first [ok] thing\n 1 file changed',
    ['1a2b3c4 feat(x): first [ok] thing'],
  ],
  ['git -C .. -c user.name="A B" --no-pager commit -m x', '[main 1a2b3c4] x', ['1a2b3c4 x']],
  ['git commit -m x', '[main (root-commit) 1a2b3c4] x', ['1a2b3c4 x']],
  ['git commit -m x', '[detached HEAD 1a2b3c4] x', ['1a2b3c4 x']],
  ['git commit -m x', '[feat/a-b 1a2b3c4] x', ['1a2b3c4 x']],
  ['git commit -m 1; git commit -m 2', '[main 1a2b3c4] 1\n[main 2b3c4d5] 2', ['1a2b3c4 1', '2b3c4d5 2']],
  ['git cherry-pick a', '[main 1a2b3c4] x\n Date: …', ['1a2b3c4 x']],
  ['npm run release', '[main 1a2b3c4] v2\n 2 files changed, 3 insertions(+)', ['1a2b3c4 v2']],
  [
    'git commit -qm x && git rev-parse HEAD',
    'ba9787a9503127747b61973d0eaada4e0c8fe753',
    ['ba9787a9503127747b61973d0eaada4e0c8fe753'],
  ],
  ['git rev-parse HEAD', 'ba9787a9503127747b61973d0eaada4e0c8fe753', []],
  ['git log --oneline; echo "[main 1234567] not a commit"', '[main 1234567] not a commit', []],
  ['git commit -m x', 'nothing to commit, working tree clean', []],
])('%s', (command, output, expected) => {
  expect(texts(command, output)).toEqual(expected);
});

test('a quiet commit is known by what the client made of it', () => {
  const gitOperation = { commit: { sha: '1a2b3c4', kind: 'committed', branch: 'main' } };
  expect(texts('git commit -qm x', '', { gitOperation })).toEqual(['1a2b3c4']);
  expect(texts('git commit -m x', '[main 1a2b3c4] x', { gitOperation })).toEqual(['1a2b3c4 x']);
});

test('a pull request is one, however often its address is told', () => {
  const url = 'https://github.com/o/r/pull/17';
  const gitOperation = { pr: { number: 17, url, action: 'created' } };
  expect(found('gh pr create --fill', `Creating …\n${url}\n`, { gitOperation })).toMatchObject([
    { kind: 'pull_request', text: url, detail: { number: 17 } },
  ]);
  expect(texts('glab mr create', 'https://gitlab.com/g/sub/r/-/merge_requests/3')).toEqual([
    'https://gitlab.com/g/sub/r/-/merge_requests/3',
  ]);
  expect(texts('gh pr view 17', url)).toEqual([]);
});

test('a commit that failed is none', () => {
  const facts = read(
    call('t', 'Bash', { command: 'git commit -m x' }),
    result('t', 'Exit code 1\n[main 1a2b3c4] x', {}, true),
  );
  expect(only(facts, 'entry').filter((one) => one.kind === 'commit')).toEqual([]);
});
