// Sessions of every agent, as its own goldens have them in a home folder: its own resume while it can, clew's copy as a new
// session where it cannot, and what stands in the way in words.
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clew, ResumePlan } from '../index.ts';
import { tempFolder, testHome } from '../../test/support/home.ts';
import { indexFile, openIndex } from '../store/index.ts';
import { cutConversation } from './conversation.ts';

const agents = path.join(import.meta.dirname, '..', 'agents');

interface Told {
  readonly clew: Clew;
  readonly work: string;
  /** Below which the agent keeps its things. */
  readonly home: string;
}

/** A home folder with what `fill` puts into it, taken in. */
async function told(fill: (home: string, work: string) => void): Promise<Told> {
  const at = testHome();
  const work = realpathSync(at.context.cwd);
  fill(at.context.home, work);
  const clew = at.open();
  await clew.import();
  return { clew, work, home: at.context.home };
}

/** A file of a golden as if it had been written in the folder of the test. */
function place(golden: string, to: string, work: string): void {
  const hash = (folder: string): string => createHash('sha256').update(folder).digest('hex');
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(
    to,
    readFileSync(path.join(agents, golden), 'utf8')
      .replaceAll('/home/u/project', work)
      .replaceAll(hash('/home/u/project'), hash(work)),
  );
}

const wordsIn = (file: string | null): string => readFileSync(file ?? '', 'utf8');
const newSession = ({ argv }: ResumePlan): string => argv.at(-1) ?? '';
const whyOf = (clew: Clew, id: string, folder?: string): string => clew.resumePlan(id, { folder }).why;

describe('Codex', () => {
  const id = '00000001-5e55-4000-8000-000000000000';
  const name = `rollout-2026-11-21T06-49-34-${id}.jsonl`;
  const day = path.join('.codex', 'sessions', '2026', '11', '21');
  const rollout = (home: string): string => path.join(home, day, name);
  const codex = () =>
    told((home, work) =>
      place(`codex/golden/0.169.0/sessions/2026/11/21/${name}`, path.join(home, day, name), work),
    );

  test('takes it up in any folder, and is told which', async () => {
    const { clew, work } = await codex();
    expect(clew.resumePlan(id)).toMatchObject({
      way: 'native',
      why: 'Codex still has the conversation',
      argv: ['codex', 'resume', id],
      command: `cd ${work} && codex resume ${id}`,
    });
    const folder = realpathSync(tempFolder());
    expect(clew.resumePlan(id, { folder })).toMatchObject({
      way: 'native',
      cwd: folder,
      argv: ['codex', 'resume', id, '--cd', folder],
    });
  });

  test('a rollout that was deleted, archived, or torn: the copy', async () => {
    const { clew, home, work } = await codex();
    const whole = readFileSync(rollout(home));
    appendFileSync(rollout(home), '{"timestamp":"2026-11-21T06:5');
    expect(whyOf(clew, id)).toMatch(
      /^its rollout ends in the middle of a line, so Codex is given clew's copy/,
    );
    const archive = path.join(home, '.codex', 'archived_sessions');
    mkdirSync(archive);
    renameSync(rollout(home), path.join(archive, name));
    // A source is known by its place.
    await clew.import();
    expect(whyOf(clew, id)).toMatch(/^it is archived in Codex, so/);
    rmSync(path.join(archive, name));
    const plan = clew.resumePlan(id, { write: true });
    expect(plan).toMatchObject({ way: 'cut', argv: ['codex', 'resume', newSession(plan)] });
    expect(plan.why).toMatch(/^its rollout was deleted, so/);
    expect(wordsIn(plan.conversationFile).split('\n').length).toBeGreaterThan(
      whole.toString().split('\n').length - 10,
    );
    expect(wordsIn(plan.conversationFile)).toContain(`"cwd":"${work}"`);
  });

  test('a thread without the one that it was forked from', async () => {
    const { clew, home } = await codex();
    const text = readFileSync(rollout(home), 'utf8');
    const base = '01a1fd0a-3db0-7c91-bd04-3a0731a2281f';
    const fork = text.replace('"history_mode"', `"history_base":{"thread_id":"${base}"},"history_mode"`);
    writeFileSync(rollout(home), fork);
    expect(whyOf(clew, id)).toContain(`the rollout of ${base}, which it was forked from, was deleted`);
    writeFileSync(path.join(home, day, `rollout-2026-11-21T06-00-00-${base}.jsonl`), '');
    expect(clew.resumePlan(id).way).toBe('native');
  });

  test('a turn of a fork: what stands in the other thread, and the turn', async () => {
    const fork = '01a1fd0a-3db0-7c91-bd04-3a0731a2281f';
    const at = (n: number): string => new Date(Date.UTC(2026, 10, 22, 0, 0, n)).toISOString();
    const record = (n: number, type: string, payload: object): string =>
      `${JSON.stringify({ timestamp: at(n), ordinal: 9000 + n, type, payload: { turn_id: `t${n > 4 ? 2 : 1}`, ...payload } })}\n`;
    const message = (n: number, kind: string, words: string): string =>
      record(n, 'event_msg', {
        type: 'item_completed',
        thread_id: fork,
        item: { type: kind, id: `i${n}`, content: [{ type: 'text', text: words }] },
      }) +
      record(n, 'response_item', {
        type: 'message',
        role: kind === 'UserMessage' ? 'user' : 'assistant',
        content: [{ type: 'output_text', text: words }],
      });
    const { clew, home } = await told((place_, work) => {
      place(`codex/golden/0.169.0/sessions/2026/11/21/${name}`, path.join(place_, day, name), work);
      const meta = {
        id: fork,
        session_id: fork,
        timestamp: at(0),
        cwd: work,
        cli_version: '0.169.0',
        forked_from_id: id,
        history_base: { thread_id: id, end_ordinal_exclusive: 9000 },
      };
      writeFileSync(
        path.join(place_, day, `rollout-2026-11-22T00-00-00-${fork}.jsonl`),
        record(0, 'session_meta', meta) +
          message(1, 'UserMessage', 'The first of the fork.') +
          message(3, 'AgentMessage', 'Forked.') +
          message(5, 'UserMessage', 'The second of the fork.') +
          message(7, 'AgentMessage', 'Again.'),
      );
    });
    rmSync(path.join(home, day), { recursive: true });
    const whole = wordsIn(clew.resumePlan(fork, { write: true }).conversationFile);
    expect(whole).toContain('All done.');
    expect(whole).toContain('Again.');
    expect(whole).not.toContain('history_base');
    const { entries } = clew.timeline(fork);
    const turn = entries.find((one) => one.text.includes('The first of the fork.'))?.key ?? '';
    const { db } = openIndex(indexFile(clew.context.clewHome), 0);
    onTestFinished(() => void db.close());
    const made = cutConversation(db, clew.context, { session: fork, after: { turn }, folder: home });
    expect(wordsIn(made?.file ?? null)).toContain('Forked.');
    expect(wordsIn(made?.file ?? null)).not.toContain('The second');
  });
});

describe('Gemini CLI', () => {
  const id = '00000006-5e55-4000-8000-000000000000';
  const name = 'session-2026-11-21T06-26-00000006.jsonl';
  const slugOf = (work: string): string =>
    path
      .basename(work)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-');
  const chats = (home: string, project: string): string =>
    path.join(home, '.gemini', 'tmp', project, 'chats');
  const gemini = () =>
    told((home, work) =>
      place(`gemini-cli/golden/0.61.0/chats/${name}`, path.join(chats(home, slugOf(work)), name), work),
    );

  test('takes it up in the same project alone', async () => {
    const { clew } = await gemini();
    expect(clew.resumePlan(id)).toMatchObject({ way: 'native', argv: ['gemini', '--resume', id] });
    const folder = realpathSync(tempFolder());
    const plan = clew.resumePlan(id, { folder, write: true });
    expect(plan.why).toMatch(/^its chat is none of the project in .*, so Gemini CLI is given clew's copy/);
    expect(plan.argv).toEqual(['gemini', '--resume', newSession(plan)]);
    expect(plan.conversationFile).toContain(path.join('tmp', slugOf(folder), 'chats'));
  });

  describe('a chat of JSON, as older versions write', () => {
    const old = '00000001-5e55-4000-8000-000000000000';
    const file = 'session-2026-01-10T02-08-00000001.json';
    const hashOf = (work: string): string => createHash('sha256').update(work).digest('hex');
    const document = () =>
      told((home, work) =>
        place(`gemini-cli/golden/0.23.0/chats/${file}`, path.join(chats(home, hashOf(work)), file), work),
      );

    test('is taken up as long as the project has no folder of the newer kind', async () => {
      const { clew, home, work } = await document();
      expect(clew.resumePlan(old)).toMatchObject({ way: 'native', argv: ['gemini', '--resume', old] });
      mkdirSync(chats(home, slugOf(work)), { recursive: true });
      expect(whyOf(clew, old)).toMatch(/^its chat is none of the project/);
    });

    test('is copied as lines when it was deleted, whatever became of it in between', async () => {
      const { clew, home, work } = await document();
      const place = path.join(chats(home, hashOf(work)), file);
      const chat = JSON.parse(wordsIn(place)) as { lastUpdated: string; messages: { id: string }[] };
      // It is written anew as a whole: what was read before is told again where it has changed.
      const grown = { type: 'user', id: 'u9', timestamp: '2026-01-10T03:00:00.000Z', content: 'And now?' };
      const reply = { type: 'gemini', id: 'g9', timestamp: '2026-01-10T03:00:05.000Z', content: 'Done.' };
      chat.lastUpdated = '2026-01-10T03:00:05.000Z';
      chat.messages.push(grown, reply);
      writeFileSync(place, JSON.stringify(chat, null, 2));
      await clew.import();
      rmSync(place);
      const plan = clew.resumePlan(old, { write: true });
      expect(plan).toMatchObject({ way: 'cut', argv: ['gemini', '--resume', newSession(plan)] });
      const lines = wordsIn(plan.conversationFile)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { id?: string; sessionId?: string });
      expect(lines[0]?.sessionId).toBe(newSession(plan));
      expect(lines.flatMap((line) => line.id ?? [])).toEqual(chat.messages.map((one) => one.id));
    });
  });
});

describe('OpenCode', () => {
  const id = 'ses_e031e0ce3ffeFDlRrI1J52Jp85';
  const data = (home: string): string => path.join(home, '.local', 'share', 'opencode');
  const change = (home: string, sql: string, ...values: readonly string[]): void => {
    const db = new Database(path.join(data(home), 'opencode.db'));
    db.prepare(sql).run(...values);
    db.close();
  };
  const openCode = () =>
    told((home, work) => {
      mkdirSync(data(home), { recursive: true });
      cpSync(path.join(agents, 'opencode/golden/1.18.33/opencode.db'), path.join(data(home), 'opencode.db'));
      change(home, 'UPDATE session SET directory = ?', work);
    });

  test('takes it up in the session’s own folder alone', async () => {
    const { clew } = await openCode();
    expect(clew.resumePlan(id)).toMatchObject({ way: 'native', argv: ['opencode', '--session', id] });
    const folder = realpathSync(tempFolder());
    expect(whyOf(clew, id, folder)).toMatch(/^it is to go on in another folder, so OpenCode is given/);
  });

  test('a session that is no longer in the database: the copy, which the command imports', async () => {
    const { clew, home } = await openCode();
    change(home, 'DELETE FROM session WHERE id = ?', id);
    const plan = clew.resumePlan(id, { write: true });
    expect(plan).toMatchObject({
      way: 'cut',
      argv: ['sh', '-c', expect.any(String), plan.conversationFile, newSession(plan)],
    });
    expect(plan.why).toMatch(/^it is not in OpenCode's database, so/);
    const exported = JSON.parse(wordsIn(plan.conversationFile)) as { messages: { parts: object[] }[] };
    expect(exported.messages.length).toBeGreaterThan(10);
  });

  test('an export, and a damaged database', async () => {
    const { clew, work, home } = await told((_, folder) =>
      place('opencode/golden/1.18.33/export.json', path.join(folder, 'exports', 'one.json'), folder),
    );
    await clew.import({ paths: [path.join(work, 'exports', 'one.json')] });
    expect(whyOf(clew, id, work)).toMatch(
      /^it is not in OpenCode's folder, so OpenCode is given clew's copy/,
    );
    mkdirSync(data(home), { recursive: true });
    writeFileSync(path.join(data(home), 'opencode.db'), 'no database at all');
    expect(whyOf(clew, id, work)).toMatch(/^OpenCode's database cannot be read, so OpenCode is given/);
  });

  test('the JSON storage of versions before the database', async () => {
    const storage = path.join(agents, 'opencode/golden/1.1.65/storage');
    const { clew, home } = await told((at, work) => {
      for (const name of readdirSync(storage, { recursive: true, encoding: 'utf8' }))
        if (name.endsWith('.json'))
          place(path.relative(agents, path.join(storage, name)), path.join(data(at), 'storage', name), work);
    });
    const [session] = clew.sessions();
    expect(clew.resumePlan(session?.id).argv).toEqual(['opencode', '--session', session?.id]);
    rmSync(path.join(data(home), 'storage', 'session'), { recursive: true });
    const plan = clew.resumePlan(session?.id, { write: true });
    expect(plan.way).toBe('cut');
    const exported = JSON.parse(wordsIn(plan.conversationFile)) as { messages: object[] };
    expect(exported.messages.length).toBeGreaterThan(5);
  });
});

describe('Copilot CLI', () => {
  test('takes it up in its folder; else there is a handoff, as it goes on from no cut', async () => {
    const golden = 'copilot-cli/golden/1.0.64';
    const [id = ''] = readdirSync(path.join(agents, golden, 'session-state'));
    const file = (home: string): string => path.join(home, '.copilot', 'session-state', id, 'events.jsonl');
    const { clew, home } = await told((at, work) =>
      place(path.join(golden, 'session-state', id, 'events.jsonl'), file(at), work),
    );
    expect(clew.resumePlan(id)).toMatchObject({ way: 'native', argv: ['copilot', `--resume=${id}`] });
    rmSync(file(home));
    expect(clew.resumePlan(id)).toMatchObject({
      way: 'handoff',
      why: 'its log was deleted, so copilot is given a handoff',
    });
  });
});
