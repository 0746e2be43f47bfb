// What is known of a session beside its record of work: for what it is, by whom, with what given. Of one that is kept by hand
// it is what was said; of a captured one what its records tell. What nobody said is null.
import { modelTier, totalTokens } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { contextAtEnd } from './conversation.ts';
import { iso } from './rows.ts';
import type { StoredSession } from './rows.ts';
import { countInteractions } from './session-history.ts';
import { snapshotsOf } from './snapshots.ts';
import type { SessionFields, SessionRow } from './types.ts';

/** Who uses this machine: captured sessions are theirs. */
export interface Owner {
  readonly machine: string;
  readonly user: string | null;
}

export function sessionFields(
  db: Db,
  stored: StoredSession,
  row: SessionRow,
  skills: readonly string[],
  owner: Owner | undefined,
): SessionFields {
  const { id } = row;
  const snapshots = snapshotsOf(db, id);
  const initial = snapshots.findLast((one) => one.type === 'initial');
  return {
    uuid: uuidOf(stored.kept ?? id),
    user: stored.user ?? (owner?.machine === stored.machine ? owner.user : null),
    agentName: stored.agent_name,
    agentType: stored.agent_type,
    model: stored.model ?? row.models[0] ?? null,
    modelTier: stored.model_tier === null ? null : (modelTier(stored.model_tier) ?? null),
    temperature: stored.temperature === null ? null : Number(stored.temperature),
    initialPrompt: stored.initial_prompt ?? firstPrompt(db, id),
    initialContext: initial
      ? { id: initial.id, fileCount: initial.fileCount, tokenEstimate: initial.tokenEstimate }
      : null,
    createdAt: iso(stored.started_at),
    issuesClaimed: texts(db, 'work', id),
    skillsUsed: skills,
    contextTokens: contextAtEnd(db, id) ?? snapshots[0]?.tokenEstimate ?? null,
    totalTokens: totalTokens(row.tokens),
    totalCost: row.cost.computed,
    operationCount: row.operations,
    interactions: countInteractions(db, id),
    snapshots: snapshots.length,
    metadata: stored.metadata === null ? null : (JSON.parse(stored.metadata) as Record<string, unknown>),
  };
}

const uuidOf = (id: string): string | null =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id) ? id : null;

/** As it was typed; the first of a session that was joined or captured. */
const firstPrompt = (db: Db, id: string): string | null =>
  db
    .prepare<[string], { text: string }>(
      "SELECT text FROM entry WHERE session = ? AND kind IN ('prompt', 'command') ORDER BY at, pos, key LIMIT 1",
    )
    .get(id)?.text ?? null;

/** What records of a kind are about, each once. */
const texts = (db: Db, kind: string, id: string): string[] =>
  db
    .prepare<[string, string], { subject: string }>(
      'SELECT subject FROM record WHERE session = ? AND kind = ? AND subject IS NOT NULL GROUP BY subject ORDER BY min(at), subject',
    )
    .all(id, kind)
    .map((one) => one.subject);
