// A subagent of Codex's that is at work: its file is read with each look, though its name tells another id than that of its
// session.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, testHome } from './support/home.ts';

const root = '00000001-5e55-7000-8000-000000000000';
const agent = '00000002-5e55-7000-8000-000000000000';
const now = Date.now();
const line = (type: string, payload: object): string =>
  `${JSON.stringify({ timestamp: new Date(now).toISOString(), type, payload })}\n`;
const meta = (id: string): string =>
  line('session_meta', { id, session_id: root, cwd: '/p', cli_version: '0.169.0', source: 'exec' });
const said = (text: string): string =>
  line('response_item', { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });

test('what a running subagent writes is seen by a quick look', async () => {
  const home = tempFolder();
  const day = path.join(home, '.codex', 'sessions', '2026', '01', '01');
  mkdirSync(day, { recursive: true });
  const [, sub] = [root, agent].map((id) => {
    const file = path.join(day, `rollout-2026-01-01T00-00-00-${id}.jsonl`);
    writeFileSync(file, meta(id) + said('first'));
    return file;
  });
  const clew = testHome({ home }).open();
  await clew.import();
  appendFileSync(sub ?? '', said('second of the subagent'));
  expect(await clew.import({ quick: true })).toMatchObject({ lines: 1 });
  expect(clew.sessions().map((row) => row.id)).toEqual([root]);
  expect(JSON.stringify(clew.timeline(root))).toContain('second of the subagent');
});
