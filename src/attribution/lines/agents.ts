// The author that an operation is: its session, agent and model.
import type { Db } from '../../store/index.ts';
import type { LineAuthor } from './record.ts';

interface Row {
  readonly session: string;
  readonly run: string;
  readonly agent: string | null;
  readonly model: string | null;
  readonly runModel: string | null;
  readonly models: string | null;
}

export function agentReader(db: Db): (operation: string) => LineAuthor {
  const find = db.prepare<[string], Row>(
    `SELECT o.session, o.run, s.agent, nullif(m.model, '') AS model, r.model AS runModel, s.models
     FROM operation o LEFT JOIN session s ON s.id = o.session LEFT JOIN message m ON m.id = o.message
     LEFT JOIN run r ON r.session = o.session AND r.id = o.run WHERE o.id = ?`,
  );
  return (operation) => {
    const row = find.get(operation);
    if (!row) return { by: 'agent', operation, session: null, run: null, agent: null, model: null };
    const [main, ...others] = JSON.parse(row.models ?? '[]') as string[];
    const model = row.model ?? row.runModel ?? (others.length === 0 ? (main ?? null) : null);
    const run = row.run === row.session ? null : row.run;
    return { by: 'agent', operation, session: row.session, run, agent: row.agent, model };
  };
}
