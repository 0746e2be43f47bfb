// What Claude Code tells the command of its status line, on stdin, from 1.0.128 on; fields have come with time, so none is
// taken for granted. Evidence: SOURCES.md.
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** What is undefined was not told. */
export interface StatusTold {
  readonly session: string | undefined;
  readonly transcript: string | undefined;
  readonly model: string | undefined;
  /** What the agent books for the session, micro-dollars. */
  readonly reported: number | undefined;
  /** Percent of the context window, and of the limit of five hours. */
  readonly context: number | undefined;
  readonly limit: number | undefined;
}

export function readStatus(payload: unknown): StatusTold {
  const told = fields(payload);
  const dollars = amount(fields(told['cost'])['total_cost_usd']);
  return {
    session: text(told['session_id']),
    transcript: text(told['transcript_path']),
    model: text(fields(told['model'])['display_name']),
    reported: dollars === undefined ? undefined : Math.round(dollars * 1e6),
    context: contextOf(fields(told['context_window'])),
    limit: amount(fields(fields(told['rate_limits'])['five_hour'])['used_percentage']),
  };
}

/** 2.1.50 tells the share; 2.0.77 the window, and what the last request used of it. */
function contextOf(context: Json): number | undefined {
  const told = amount(context['used_percentage']);
  const size = amount(context['context_window_size']);
  const now = fields(context['current_usage']);
  const used = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map((name) =>
    amount(now[name]),
  );
  if (told !== undefined || !size || used.every((one) => one === undefined)) return told;
  return (100 * used.reduce<number>((n, one) => n + (one ?? 0), 0)) / size;
}

const fields = (value: unknown): Json => object(value) ?? {};

const amount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
