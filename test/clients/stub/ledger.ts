// What the stub served, exactly: the other side of every comparison in this test.
import { appendFileSync } from 'node:fs';
import type { SentMessage } from './conversation.ts';
import type { Outcome, Usage } from './scenario.ts';

export interface ServedCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly becomes: Outcome;
}

export interface Served {
  readonly at: number;
  /** `step`: an answer of a scenario. `error`: an error of one. The others are no part of a conversation's record. */
  readonly kind: 'step' | 'error' | 'compaction' | 'title' | 'side' | 'probe';
  readonly path: string;
  readonly status: number;
  readonly streamed: boolean;
  readonly scenario?: string;
  readonly index?: number;
  /** What the client sent as its user id; newer ones put the session's id in it. */
  readonly user?: string;
  readonly model?: string;
  readonly messageId?: string;
  readonly usage?: Usage;
  readonly calls: readonly ServedCall[];
  /** The conversation that the client sent; too long for the file. */
  readonly sent?: readonly SentMessage[];
}

export interface Ledger {
  readonly entries: readonly Served[];
  write(entry: Served): void;
  /** Answers of scenarios, in the order in which they were served. */
  answers(...scenarios: string[]): (Served & { readonly messageId: string; readonly usage: Usage })[];
  calls(...scenarios: string[]): ServedCall[];
}

export function openLedger(file: string): Ledger {
  const entries: Served[] = [];
  const answers: Ledger['answers'] = (...scenarios) =>
    entries.filter(
      (entry): entry is Served & { messageId: string; usage: Usage } =>
        entry.kind === 'step' && (scenarios.length === 0 || scenarios.includes(entry.scenario!)),
    );
  return {
    entries,
    write(entry) {
      entries.push(entry);
      appendFileSync(file, `${JSON.stringify({ ...entry, sent: undefined })}\n`);
    },
    answers,
    calls: (...scenarios) => answers(...scenarios).flatMap((entry) => entry.calls),
  };
}
