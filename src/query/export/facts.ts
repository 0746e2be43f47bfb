// What a document says of the session as a whole, in the order in which a reader asks.
import { operationStatuses } from '../../model/index.ts';
import type { SessionDetail } from '../types.ts';
import { count, counted, moment, span } from './words.ts';

export function factsOf(detail: SessionDetail): [name: string, value: string][] {
  const took = span(detail.startedAt, detail.endedAt);
  const { outputIsLowerBound: atLeast, tokens: t } = detail;
  const facts: [string, string | null | undefined][] = [
    ['Session', detail.id],
    ['Agent', [detail.agent, detail.versions.join(', ') || detail.agentVersion].filter(Boolean).join(' ')],
    ['Models', detail.models.join(', ')],
    ['Project', detail.project],
    ['Workspace', detail.workspace === detail.project ? null : detail.workspace],
    ['Branch', detail.branches.join(', ') || detail.branch],
    ['Machine', detail.machine],
    ['Started', moment(detail.startedAt)],
    ['Ended', [moment(detail.endedAt), took && `after ${took}`].filter(Boolean).join(', ')],
    ['Status', [detail.status, detail.exitReason && `(${detail.exitReason})`].filter(Boolean).join(' ')],
    ['Conversation', `${counted(detail.turns, 'turn')}, ${counted(detail.messages, 'message')}`],
    ['Operations', operationsOf(detail)],
    ['API errors', detail.apiErrors > 0 ? count(detail.apiErrors) : null],
    ['Compactions', detail.compactions > 0 ? count(detail.compactions) : null],
    [
      'Tokens in',
      `${count(t.input)} new, ${count(t.cacheRead)} from the cache, ${count(t.cacheWrite5m + t.cacheWrite1h)} written to it`,
    ],
    ['Tokens out', `${atLeast ? 'at least ' : ''}${count(t.output)}`],
    ['Forked from', detail.parentSessionId],
    ['Forks', detail.forks.join(', ')],
    ['Skills', detail.skills.join(', ')],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

function operationsOf(detail: SessionDetail): string {
  const others = operationStatuses
    .filter((status) => status !== 'success' && detail.operationsByStatus[status] > 0)
    .map((status) => `${count(detail.operationsByStatus[status])} ${status}`);
  return `${count(detail.operations)}${others.length > 0 ? ` (${others.join(', ')})` : ''}`;
}

/** An http(s) address as it may be linked to; undefined for anything else. */
export function webAddress(text: string): string | undefined {
  if (!/^https?:\/\/[^\s\p{C}]+$/u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

export const titleOf = (detail: SessionDetail): string =>
  detail.title?.trim() || `Session ${detail.id.slice(0, 8)}`;
