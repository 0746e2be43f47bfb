// Looks whether everything is in order: folders, index, sources, hooks; and names what is not, with the way out.
import { accessSync, constants, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Config, Context } from '../model/index.ts';
import { sourcesOf } from '../store/index.ts';
import type { Db } from '../store/index.ts';
import { listSpool, spoolFolder } from '../stream/index.ts';
import { discover } from './discover.ts';
import { hookState } from './doctor-hooks.ts';
import type { HookState } from './doctor-hooks.ts';
import { hookedAgents } from './init.ts';

export interface Check {
  readonly name: string;
  readonly ok: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly hint?: string;
}

export interface DoctorReport {
  readonly checks: readonly Check[];
  readonly hooks: readonly HookState[];
  /** What sources held that was kept but not understood, the first line of each kind named. */
  readonly oddities: readonly {
    readonly path: string;
    readonly kind: string;
    readonly what: string;
    readonly count: number;
    readonly line: number;
  }[];
}

export async function doctor(db: Db, context: Context, config: Config): Promise<DoctorReport> {
  const hooks = await Promise.all(
    hookedAgents(context).map((adapter) => hookState(db, context, adapter, adapter.hooks)),
  );
  const oddities = db
    .prepare<[], DoctorReport['oddities'][number]>(
      'SELECT s.path, o.kind, o.what, o.count, o.line FROM oddity o JOIN source s ON s.id = o.source ORDER BY o.kind, o.count DESC, s.path',
    )
    .all();
  return {
    checks: [
      writable(context.clewHome, 'home'),
      ...found(db, context, config),
      spool(context),
      ...hooks.flatMap((one) => one.checks),
      understood(oddities),
      redacted(db),
    ],
    hooks: hooks.map((one) => one.state),
    oddities,
  };
}

function writable(folder: string, name: string): Check {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return { name, ok: 'ok', message: folder };
  } catch (error) {
    return {
      name,
      ok: 'fail',
      message: `${folder} cannot be written: ${(error as Error).message}`,
      hint: 'mend its permissions, or set CLEW_HOME',
    };
  }
}

function found(db: Db, context: Context, config: Config): Check[] {
  const { roots, found: count, changed, failures } = discover(context, config, sourcesOf(db));
  const there = roots.filter((root) => root.exists).map((root) => root.path);
  const gone = sourcesOf(db)
    .all()
    .filter((row) => row.kind !== 'hooks' && !existsSync(row.path.replace(/#[^/]*$/, ''))).length;
  return [
    there.length > 0
      ? {
          name: 'sources',
          ok: 'ok',
          message: `${count} sources in ${there.join(', ')}; ${changed.length} wait to be taken in`,
        }
      : {
          name: 'sources',
          ok: 'warn',
          message: `no records found in ${roots.map((root) => root.path).join(', ')}`,
          hint: 'name further folders in config.json',
        },
    { name: 'kept', ok: 'ok', message: `${gone} sources are gone from where they were; clew has them` },
    ...failures.map((one): Check => ({
      name: 'unreadable',
      ok: 'fail',
      message: `${one.path}: ${one.message}`,
      hint: 'mend its permissions, or move it away',
    })),
  ];
}

function spool(context: Context): Check {
  const folder = spoolFolder(context.clewHome);
  if (!existsSync(folder))
    return { name: 'spool', ok: 'ok', message: 'there is none: no hooks are installed' };
  const access = writable(folder, 'spool');
  if (access.ok !== 'ok') return access;
  const lost = path.join(folder, '.lost');
  const stat = statSync(lost, { throwIfNoEntry: false });
  if (!stat)
    return {
      name: 'spool',
      ok: 'ok',
      message: `${listSpool(context.clewHome).length} calls wait in ${folder}`,
    };
  // Told once.
  rmSync(lost, { force: true });
  return {
    name: 'spool',
    ok: 'fail',
    message: `at least ${Math.max(1, stat.size)} hook calls could not be written, the last at ${stat.mtime.toISOString()}`,
    hint: 'the disk was full or the folder could not be written; the transcripts have nearly all that hooks tell',
  };
}

function understood(oddities: DoctorReport['oddities']): Check {
  const unread = oddities.filter((one) => ['bad-line', 'long-line', 'reader-failure'].includes(one.kind));
  const unknown = oddities.filter((one) => one.kind === 'unknown-type');
  const sum = (rows: DoctorReport['oddities']): number => rows.reduce((n, row) => n + row.count, 0);
  const message = `${sum(unread)} lines could not be read, ${sum(unknown)} records are of unknown types; all are kept`;
  return { name: 'records', ok: unread.length > 0 ? 'warn' : 'ok', message };
}

function redacted(db: Db): Check {
  const rows = db
    .prepare<[], { rule: string; n: number }>(
      'SELECT rule, sum(count) AS n FROM redaction GROUP BY rule ORDER BY n DESC',
    )
    .all();
  const total = rows.reduce((n, row) => n + row.n, 0);
  const list = rows.map((row) => `${row.rule} ${row.n}`).join(', ');
  return { name: 'secrets', ok: 'ok', message: total === 0 ? 'none replaced' : `${total} replaced: ${list}` };
}
