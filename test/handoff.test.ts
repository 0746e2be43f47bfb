// Handoffs: on real sessions, what a separate script lists must be told, in a fraction of the tokens; and on made-up ones,
// that nothing quoted breaks out, the budget holds, no changed file is lost, and every id leads somewhere.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Clew, Handoff } from '../src/index.ts';
import { factsBelow, tells } from './handoff-facts.ts';
import { testHome } from './support/home.ts';
import type { TestHome } from './support/home.ts';
import { real, realHome } from './support/real.ts';

const id = '00000001-5e55-4000-8000-000000000000';
const transcript = `-p/${id}.jsonl`;

/** Records of a session, each a second after the one before. */
function records(workspace: string, session: string, contents: readonly object[]): object[] {
  return contents.map((record, i) => ({
    sessionId: session,
    uuid: `${session.slice(0, 8)}-0000-4000-8000-${String(i).padStart(12, '0')}`,
    timestamp: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(),
    cwd: workspace,
    gitBranch: 'fix/login',
    ...record,
  }));
}

const user = (content: unknown, more: object = {}): object => ({
  type: 'user',
  message: { role: 'user', content },
  ...more,
});
let calls = 0;
const assistant = (...content: object[]): object => ({
  type: 'assistant',
  message: {
    id: `msg_${++calls}`,
    model: 'claude-x',
    role: 'assistant',
    content,
    usage: { input_tokens: 100_000, output_tokens: 2 },
  },
});
const says = (text: string): object => assistant({ type: 'text', text });
const call = (key: string, name: string, input: object): object =>
  assistant({ type: 'tool_use', id: key, name, input });
const result = (key: string, content: string, told: object = {}, isError = false): object =>
  user([{ type: 'tool_result', tool_use_id: key, content, ...(isError && { is_error: true }) }], {
    toolUseResult: isError ? content : told,
  });
const wrote = (n: number, file: string): object[] => [
  call(`toolu_w${n}`, 'Write', { file_path: file, content: 'a\nb\n' }),
  result(`toolu_w${n}`, 'ok', { type: 'create', filePath: file, content: 'a\nb\n', structuredPatch: [] }),
];
const ran = (key: string, command: string, error?: string): object[] => [
  call(key, 'Bash', { command }),
  result(key, error ?? 'ok', { stdout: 'ok' }, error !== undefined),
];

async function session(home: TestHome, contents: readonly object[]): Promise<Clew> {
  home.write(transcript, records(home.context.cwd, id, contents));
  const clew = home.open();
  await clew.import();
  return clew;
}

/** The headings of a page, as a reader of Markdown sees them: not those within fences. */
function headings(markdown: string): string[] {
  const found: string[] = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fence === '' && mark) fence = mark;
    else if (fence !== '' && line === fence) fence = '';
    else if (fence === '' && line.startsWith('#')) found.push(line);
  }
  expect(fence).toBe('');
  return found;
}

describe.skipIf(!real.isThere)(`real sessions (skipped: ${real.why})`, () => {
  test('95 % of the facts are told, in a twentieth of the tokens', { timeout: 120_000 }, async () => {
    const home = testHome({ home: realHome('.claude') });
    const clew = home.open();
    await clew.import();
    for (const budget of [4000, 1000]) {
      const handoffs = new Map(clew.sessions().map((row) => [row.id, clew.handoff(row.id, { budget })]));
      const facts = factsBelow(home.projects).filter((fact) => handoffs.has(fact.session));
      const told = facts.filter((fact) => tells(handoffs.get(fact.session)?.markdown ?? '', fact));
      expect(facts.length).toBeGreaterThan(100);
      expect(told.length / facts.length).toBeGreaterThanOrEqual(0.95);
      const savings = [...handoffs.values()]
        .flatMap(({ tokens, contextTokens }) => (contextTokens === null ? [] : [1 - tokens / contextTokens]))
        .toSorted((a, b) => a - b);
      expect(savings[savings.length >> 1]).toBeGreaterThanOrEqual(0.95);
      for (const { tokens } of handoffs.values()) expect(tokens).toBeLessThanOrEqual(budget);
    }
  });
});

describe('a handoff', () => {
  const hostile =
    '---\nstatus: evil\n---\n# Heading\n```\n````\n"quoted" <script> [x](javascript:1)\n````\u202E\u001B[31m';

  test('quotes what breaks Markdown and front matter', async () => {
    const home = testHome();
    const clew = await session(home, [
      user(hostile),
      says(hostile),
      user(`go on: ${hostile}`),
      ...ran('toolu_bad', 'echo "`#\n---"', hostile),
      ...ran('toolu_good', 'npm run build && echo "`` # |"'),
      user(`last ${hostile}`),
    ]);
    const { markdown, sections } = clew.handoff();
    const titles = sections.filter((one) => one.lines.length > 0).map((one) => `## ${one.title}`);
    expect(headings(markdown)).toEqual([...titles, '## How to get more']);
    const front = /^---\n([^]*?)\n---\n/.exec(markdown)?.[1]?.split('\n') ?? [];
    for (const line of front.filter((one) => !one.startsWith('budget:')))
      expect(() => JSON.parse(line.slice(line.indexOf(': ') + 2)) as unknown).not.toThrow();
    expect(front.filter((line) => line.startsWith('status:'))).toHaveLength(1);
    expect(markdown).not.toMatch(/[\u001B\u202E]/);
  });

  test('says what was running, what is open, what failed and what worked; each id leads somewhere', async () => {
    const home = testHome();
    const clew = await session(home, [
      user('Mend the login.\nKeep the tests green.'),
      call('toolu_t1', 'TodoWrite', { todos: [] }),
      result('toolu_t1', 'ok', {
        newTodos: [
          { status: 'completed', content: 'Read the code' },
          { status: 'pending', content: 'Write the notes' },
          { status: 'in_progress', content: 'Mend the session cookie' },
        ],
      }),
      ...wrote(1, path.join(home.context.cwd, 'src', 'login.ts')),
      ...ran('toolu_c1', 'npm test', 'Exit code 1\nFAIL src/login.test.ts > keeps the session\n1 failed'),
      ...ran('toolu_c2', 'npm run build'),
      ...ran('toolu_c3', 'ls -la'),
      user('/compact', { isMeta: false }),
      says('The cookie is lost on redirect.'),
      call('toolu_c4', 'Bash', { command: 'npm run migrate' }),
    ]);
    const handoff = clew.handoff(id.slice(0, 8), { for: 'codex' });
    const lines = (title: string): string =>
      handoff.sections
        .filter((one) => one.title.startsWith(title))
        .flatMap((one) => one.lines.map((line) => line.text))
        .join('\n');
    expect(handoff.pending).toEqual(['toolu_c4']);
    expect(lines('Where it stands')).toContain('Was running: `npm run migrate` (`toolu_c4`)');
    expect(handoff.todos).toEqual([
      { status: 'in_progress', content: 'Mend the session cookie' },
      { status: 'pending', content: 'Write the notes' },
    ]);
    expect(lines('Files')).toContain('`src/login.ts` create +2 −0 * (`toolu_w1`)');
    expect(lines('Failing tests')).toContain('src/login.test.ts \\> keeps the session');
    expect(lines('Commands that worked')).toBe('- `npm run build` (`toolu_c2`)');
    expect(handoff.markdown).toContain('codex "Go on');
    for (const line of handoff.sections.flatMap((one) => one.lines)) if (line.id) clew.find(line.id);
    expect(clew.handoff(id, { for: 'codex' })).toEqual(handoff);
  });

  test('of a cut-off session says so, and the overview offers to resume it', async () => {
    const home = testHome();
    const processes = path.join(home.context.home, '.claude', 'sessions');
    mkdirSync(processes, { recursive: true });
    // The number is beyond what systems give.
    writeFileSync(path.join(processes, '99999999.json'), JSON.stringify({ pid: 99_999_999, sessionId: id }));
    const clew = await session(home, [user('Build it'), call('toolu_c1', 'Bash', { command: 'make' })]);
    expect(clew.handoff().status).toBe('interrupted');
    expect(clew.handoff().markdown).toContain('Was running: `make`');
    expect(clew.overview().attention.map((one) => one.hint)).toContain(`clew resume ${id.slice(0, 8)}`);
  });

  test('keeps to any budget, and tells every one of 300 changed files', async () => {
    const home = testHome();
    const files = Array.from({ length: 300 }, (_, i) =>
      path.join(home.context.cwd, 'packages', `part-${i % 12}`, 'src', `module-${i}.ts`),
    );
    const clew = await session(home, [
      user('Write it all. '.repeat(400)),
      ...files.flatMap((file, i) => wrote(i, file)),
      ...ran('toolu_c1', 'npm test', `Exit code 1\n${'x'.repeat(8000)}`),
      says('Done. '.repeat(2000)),
    ]);
    const untold = (handoff: Handoff): string[] =>
      files.filter((text) => !tells(handoff.markdown, { session: id, kind: 'file', text }));
    const handoffs = [500, 700, 1000, 2000, 4000, 20_000].map((budget) => clew.handoff(id, { budget }));
    for (const handoff of handoffs) {
      expect(handoff.tokens).toBeLessThanOrEqual(handoff.budget);
      expect(handoff.files).toHaveLength(300);
    }
    // What has no room is counted.
    for (const { markdown } of handoffs.slice(0, 3))
      expect(markdown).toMatch(/… and \d+ more: `clew show|no room was left for: Files/);
    expect(handoffs.slice(4).flatMap(untold)).toEqual([]);
    expect(() => clew.handoff(id, { budget: 499 })).toThrow('499 tokens');
  });

  test('of a fork tells what it inherited', async () => {
    const home = testHome();
    const fork = '00000002-5e55-4000-8000-000000000000';
    const shared = records(home.context.cwd, id, [
      user('Mend the login'),
      ...wrote(1, path.join(home.context.cwd, 'login.ts')),
      says('Mended.'),
    ]);
    home.write(transcript, shared);
    home.write(`-p/${fork}.jsonl`, [
      ...shared.map((record) => ({ ...record, sessionId: fork })),
      ...records(home.context.cwd, fork, [user('Now the logout')]).map((record) => ({
        ...record,
        timestamp: '2026-01-02T00:00:00.000Z',
      })),
    ]);
    const clew = home.open();
    await clew.import();
    const { markdown, files } = clew.handoff(fork);
    expect(markdown).toContain('Mend the login');
    expect(markdown).toContain('Now the logout');
    expect(files.map((file) => path.basename(file.path))).toEqual(['login.ts']);
  });
});

test('without a session means the one of the folder that the user is in', async () => {
  const home = testHome();
  const elsewhere = '00000003-5e55-4000-8000-000000000000';
  home.write(
    `-q/${elsewhere}.jsonl`,
    records('/elsewhere', elsewhere, [user('Later, elsewhere')]).map((record) => ({
      ...record,
      timestamp: '2026-02-01T00:00:00.000Z',
    })),
  );
  const clew = await session(home, [user('Mend the login'), says('Mended.')]);
  expect(clew.handoff().session).toBe(id);
});
