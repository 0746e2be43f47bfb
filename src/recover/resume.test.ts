// The best way to go on with a session: the agent's own, clew's copy of the conversation, a handoff. On transcripts of
// real clients, as if they had been written in a folder of the test.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openClew } from '../index.ts';
import type { Clew, ResumePlan } from '../index.ts';
import { tempFolder, testHome } from '../../test/support/home.ts';
import type { TestHome } from '../../test/support/home.ts';

const golden = path.join(import.meta.dirname, '..', 'agents', 'claude-code', 'golden');
const id = '00000001-5e55-4000-8000-000000000000';
const versions = ['1.0.128', '2.0.77', '2.1.100', '2.1.329'];

interface Told {
  readonly home: TestHome;
  readonly clew: Clew;
  readonly work: string;
  readonly transcript: string;
  /** The transcript as it was. */
  readonly before: Buffer;
}

async function told(version = '2.1.329', more = ''): Promise<Told> {
  const home = testHome();
  const work = realpathSync(home.context.cwd);
  const lines = readFileSync(path.join(golden, version, `${id}.jsonl`), 'utf8');
  const transcript = home.write(`${slugOf(work)}/${id}.jsonl`, []);
  writeFileSync(transcript, lines.replaceAll('/home/u/project', work) + more);
  const clew = home.open();
  await clew.import();
  return { home, clew, work, transcript, before: readFileSync(transcript) };
}

const slugOf = (folder: string): string => folder.replaceAll(/[^A-Za-z0-9]/g, '-');
const wordsIn = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(
      (line) => JSON.parse(line) as { type: string; message?: { content: unknown }; isSidechain?: boolean },
    )
    .filter(({ type, isSidechain }) => ['user', 'assistant'].includes(type) && isSidechain !== true)
    .map(({ message }) => JSON.stringify(message?.content));
const filesBelow = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });
const newSession = ({ argv }: ResumePlan): string => argv.at(-1) ?? '';

test('native while the agent has the conversation, and nothing is written', async () => {
  const { home, clew, work } = await told();
  expect(clew.resumePlan(id, { write: true })).toMatchObject({
    way: 'native',
    why: 'Claude Code still has the conversation',
    argv: ['claude', '--resume', id],
    command: `cd ${work} && claude --resume ${id}`,
    cwd: work,
    handoffFile: null,
    conversationFile: null,
  });
  expect(filesBelow(home.projects).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1);
});

describe('clew’s copy of the conversation, as a new session', () => {
  test.each(versions)('when the transcript of %s was deleted: the whole conversation', async (version) => {
    const { home, clew, work, transcript } = await told(version);
    const words = wordsIn(transcript);
    rmSync(transcript);
    const plan = clew.resumePlan(id, { write: true });
    const made = newSession(plan);
    expect(plan).toMatchObject({
      way: 'cut',
      why: "its transcript was deleted, so Claude Code is given clew's copy of the conversation as a new session",
      argv: ['claude', '--resume', made],
      command: `cd ${work} && claude --resume ${made}`,
      cwd: work,
      handoffFile: null,
      conversationFile: path.join(home.projects, slugOf(work), `${made}.jsonl`),
    });
    expect(made).not.toBe(id);
    expect(wordsIn(plan.conversationFile ?? '')).toEqual(words);
    // What was copied is counted once.
    const [counted] = clew.sessions();
    await clew.import();
    expect(clew.sessions().find((row) => row.id === made)).toMatchObject({
      parentSessionId: id,
      operations: 0,
    });
    expect(clew.sessions().find((row) => row.id === id)).toMatchObject({ tokens: counted?.tokens });
  });

  test('is not written before it is asked for: the command is clew’s own', async () => {
    const { home, clew, transcript } = await told();
    rmSync(transcript);
    expect(clew.resumePlan(id)).toMatchObject({
      way: 'cut',
      argv: ['clew', 'resume', id, '--run'],
      command: `clew resume ${id} --run`,
      conversationFile: null,
    });
    expect(filesBelow(home.projects).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
    expect(existsSync(path.join(home.context.clewHome, 'handoffs'))).toBe(false);
  });

  test('when the transcript ends in a torn line: without it, and the transcript stays as it is', async () => {
    const { clew, transcript, before } = await told('2.1.329', '{"type":"user","mess');
    const plan = clew.resumePlan(id, { write: true });
    expect(plan.why).toMatch(/^its transcript ends in the middle of a line/);
    const whole = before.subarray(0, before.lastIndexOf('\n') + 1);
    const copy = path.join(tempFolder(), 'whole.jsonl');
    writeFileSync(copy, whole);
    expect(wordsIn(plan.conversationFile ?? '')).toEqual(wordsIn(copy));
    expect(readFileSync(transcript)).toEqual(before);
  });

  test('what was half told at the end is left out', async () => {
    const { clew, transcript } = await told();
    const words = wordsIn(transcript);
    const last = readFileSync(transcript, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"uuid"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .at(-1);
    const more = (n: number, type: string, parent: unknown, content: unknown): string =>
      `${JSON.stringify({ ...last, type, uuid: `u${n}`, parentUuid: parent, timestamp: `2026-11-21T02:00:0${n}.000Z`, message: { id: `m${n}`, role: type, content } })}\n`;
    appendFileSync(transcript, more(1, 'user', last?.['uuid'], 'And now?'));
    appendFileSync(
      transcript,
      more(2, 'assistant', 'u1', [{ type: 'tool_use', id: 'toolu_99', name: 'Bash', input: {} }]),
    );
    await clew.import();
    rmSync(transcript);
    const { conversationFile } = clew.resumePlan(id, { write: true });
    expect(wordsIn(conversationFile ?? '')).toEqual(words);
  });

  test('when the session was on another machine, or lies where Claude Code does not look', async () => {
    const { home, clew, transcript } = await told();
    const far = openClew({ context: { ...home.context, machine: 'another' } });
    expect(far.resumePlan(id).why).toMatch(/^the session was on another machine, so Claude Code is given/);
    far.close();
    const moved = { ...home.context, env: { CLAUDE_CONFIG_DIR: path.join(tempFolder(), 'claude') } };
    const elsewhere = openClew({ context: moved });
    const plan = elsewhere.resumePlan(id, { write: true });
    elsewhere.close();
    expect(plan.why).toMatch(
      /^its transcript lies outside Claude Code's own folder, so Claude Code is given/,
    );
    expect(plan.conversationFile).toContain(path.join(moved.env.CLAUDE_CONFIG_DIR, 'projects'));
    expect(wordsIn(plan.conversationFile ?? '')).toEqual(wordsIn(transcript));
    clew.close();
  });

  test('in another folder, when one is given', async () => {
    const { home, clew, work } = await told();
    const folder = realpathSync(tempFolder());
    const plan = clew.resumePlan(id, { folder, write: true });
    expect(plan).toMatchObject({
      way: 'cut',
      why: expect.stringMatching(/^it is to go on in another folder/) as unknown,
      cwd: folder,
      conversationFile: path.join(home.projects, slugOf(folder), `${newSession(plan)}.jsonl`),
    });
    expect(clew.resumePlan(id, { folder }).argv).toEqual(['clew', 'resume', id, '--run', '--folder', folder]);
    expect(clew.resumePlan(id, { folder: work }).way).toBe('native');
    expect(() => clew.resumePlan(id, { folder: path.join(folder, 'absent') })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });
});

describe('a handoff', () => {
  test('to another agent; written when it is asked for, and not before', async () => {
    const { home, clew } = await told();
    const plan = clew.resumePlan(id, { with: 'gemini' });
    expect(plan).toMatchObject({
      way: 'handoff',
      why: 'another agent than claude-code is to go on, so gemini is given a handoff',
      argv: ['clew', 'resume', id, '--run', '--with', 'gemini'],
      handoffFile: null,
    });
    expect(existsSync(path.join(home.context.clewHome, 'handoffs'))).toBe(false);
    const written = clew.resumePlan(id, { with: 'gemini', write: true });
    expect(written.argv.slice(0, 2)).toEqual(['gemini', '--prompt-interactive']);
    expect(written.argv[2]).toContain('Do it.');
    expect(readFileSync(written.handoffFile ?? '', 'utf8')).toBe(clew.handoff(id).markdown);
    expect(statSync(written.handoffFile ?? '').mode & 0o777).toBe(0o600);
  });

  test('when the folder is gone and no other is given; another one given, the conversation goes on there', async () => {
    const { home, clew, work } = await told();
    const folder = `${work}-moved`;
    mkdirSync(folder);
    cpSync(home.context.clewHome, path.join(folder, 'clew'), { recursive: true });
    cpSync(home.context.home, path.join(folder, 'home'), { recursive: true });
    clew.close();
    const at = {
      ...home.context,
      home: path.join(folder, 'home'),
      clewHome: path.join(folder, 'clew'),
      cwd: folder,
    };
    renameSync(work, `${work}-gone`);
    const after = openClew({ context: at });
    const ways = [after.resumePlan(id), after.resumePlan(id, { folder })].map(({ way }) => way);
    after.close();
    renameSync(`${work}-gone`, work);
    rmSync(folder, { recursive: true });
    expect(ways).toEqual(['handoff', 'cut']);
  });

  test('when clew’s copy cannot be read either; why is told', async () => {
    const { home, clew, transcript } = await told();
    rmSync(transcript);
    const streams = path.join(home.context.clewHome, 'streams');
    for (const name of filesBelow(streams).filter((one) => one.endsWith('.zst')))
      rmSync(path.join(streams, name));
    expect(clew.resumePlan(id)).toMatchObject({
      way: 'handoff',
      why: expect.stringMatching(
        /deleted and clew has no copy to go on with \(.*bytes\), so claude/,
      ) as unknown,
    });
  });
});
