// Uses of skills: found in transcripts, where an agent or the user loads one, and recorded by hand.
import { ClewError } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import type { NewRecord } from './recorder.ts';
import { agentNamer, ofKind, recordsOf, where } from './records.ts';

export interface SkillUse {
  readonly id: string;
  readonly skill: string;
  readonly session: string | null;
  readonly agent: string | null;
  readonly at: string;
  /** What it was used for, where that was said. */
  readonly issue: string | null;
  /** Tokens that it added to the context; null where nothing tells. */
  readonly contextAdded: number | null;
  /** True where the records hold the text that was added and not its tokens: characters / 4. */
  readonly isEstimate: boolean;
  readonly recordedByHand: boolean;
}

export interface SkillFilter {
  readonly skill?: string | undefined;
  readonly session?: string | undefined;
  /** Milliseconds: used at or after. */
  readonly since?: number | undefined;
}

const charsPerToken = 4;

/** `contextAdded`: tokens. Throws BAD_INPUT. */
export function skillRecord(skill: string, contextAdded?: number, issue?: string): NewRecord {
  if (skill.trim() === '') throw new ClewError('BAD_INPUT', 'the skill is empty', 'give its name');
  if (contextAdded !== undefined && !(Number.isSafeInteger(contextAdded) && contextAdded >= 0))
    throw new ClewError(
      'BAD_INPUT',
      `${contextAdded} is no count of tokens`,
      'give a whole number from 0 on',
    );
  return { kind: 'skill', subject: skill, data: { contextAdded, issue } };
}

/** The latest first. */
export function listSkillUses(db: Db, filter: SkillFilter = {}): SkillUse[] {
  const nameOf = agentNamer(db);
  return [...captured(db, filter), ...byHand(db, filter)]
    .map((use) => ({ ...use, agent: use.agent ?? nameOf(use.session) }))
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
}

function captured(db: Db, { skill, session, since = 0 }: SkillFilter): SkillUse[] {
  const [ofSession, ...ids] = ofKind('skill', session);
  return db
    .prepare<unknown[], { key: string; session: string; at: number; text: string; chars: number | null }>(
      `SELECT e.key, e.session, e.at, e.text, json_extract(e.detail, '$.chars') AS chars
       FROM entry e WHERE e.at >= ? AND (? IS NULL OR e.text = ?) AND ${ofSession}
         AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = e.key)`,
    )
    .all(since, skill ?? null, skill ?? null, ...ids)
    .map((row) => ({
      id: row.key,
      skill: row.text,
      session: row.session,
      agent: null,
      at: new Date(row.at).toISOString(),
      issue: null,
      contextAdded: row.chars === null ? null : Math.ceil(row.chars / charsPerToken),
      isEstimate: row.chars !== null,
      recordedByHand: false,
    }));
}

function byHand(db: Db, { skill, session, since = 0 }: SkillFilter): SkillUse[] {
  const [ofSession, ...ids] = where('r.session', session);
  return recordsOf(
    db,
    ['skill'],
    `r.at >= ? AND (? IS NULL OR r.subject = ?) AND ${ofSession}`,
    since,
    skill ?? null,
    skill ?? null,
    ...ids,
  ).map((record) => ({
    id: record.id,
    skill: record.subject ?? '',
    session: record.session,
    agent: record.by,
    at: new Date(record.at).toISOString(),
    issue: typeof record.data['issue'] === 'string' ? record.data['issue'] : null,
    contextAdded: typeof record.data['contextAdded'] === 'number' ? record.data['contextAdded'] : null,
    isEstimate: false,
    recordedByHand: true,
  }));
}
