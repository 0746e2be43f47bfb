// What OpenCode needs to be gone on with: see ../going-on/story.ts.
import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { conversation } from '../checks/sent.ts';
import type { Client } from '../going-on/story.ts';
import type { Stub } from '../stub/server.ts';
import { environment, runOpenCode, runWords, writeConfig, type OpenCodeWorld } from './run.ts';

const withoutScreen = ['run', '--format', 'json'];

export interface OpenCodeClient extends Client {
  /** A session's export, in a file. */
  asDocument(session: string): string;
}

export function openCodeClient(world: OpenCodeWorld, stub: Stub): OpenCodeClient {
  const { folder, program } = world;
  const work = path.join(folder, 'work');
  const home = path.join(folder, 'home');
  const data = path.join(home, '.local', 'share', 'opencode');
  for (const place of [work, data]) mkdirSync(place, { recursive: true });
  writeConfig(world);
  const tables = ['session', 'message', 'part'] as const;
  const open = (): Database.Database => new Database(path.join(data, 'opencode.db'));
  const columnOf = (table: (typeof tables)[number]): string => (table === 'session' ? 'id' : 'session_id');
  return {
    work,
    home,
    bin: path.dirname(program),
    clewHome: path.join(folder, 'clew'),
    hasHooks: true,
    begin: (prompt, env = {}) => runOpenCode({ ...world, env }, work, ...withoutScreen, prompt),
    goOn(cwd, [command = '', ...words], prompt) {
      if (command === 'opencode') return runOpenCode(world, cwd, ...withoutScreen, ...words, prompt);
      const [flag = '', script = '', ...rest] = words;
      const spoken = script.replace('exec opencode ', `exec opencode ${withoutScreen.join(' ')} `);
      return runWords(world, cwd, command, flag, `${spoken} "$2"`, ...rest, prompt);
    },
    tag: (scenario) => `[[scenario:${scenario}]]`,
    sent: (scenario) => conversation(stub.ledger.answers(scenario)[0]?.sent ?? []),
    record(session) {
      const db = open();
      const rows = tables.map((table) =>
        db.prepare(`SELECT * FROM ${table} WHERE ${columnOf(table)} = ? ORDER BY id`).all(session),
      );
      db.close();
      return JSON.stringify(rows);
    },
    forget(session) {
      const db = open();
      for (const table of tables.toReversed())
        db.prepare(`DELETE FROM ${table} WHERE ${columnOf(table)} = ?`).run(session);
      db.close();
    },
    asDocument(session) {
      const env = environment(world);
      const { stdout } = spawnSync(program, ['export', session], { cwd: work, env, encoding: 'utf8' });
      const file = path.join(folder, 'export.json');
      writeFileSync(file, stdout);
      return file;
    },
  };
}
