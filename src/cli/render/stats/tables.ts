// The tables of `clew stats`.
import type {
  AgentStats,
  FileStats,
  ModelStats,
  SkillStats,
  SlowOperation,
  ToolStats,
} from '../../../index.ts';
import { moneyText, shortId } from '../../../model/index.ts';
import { percent, promptTokens, short } from '../numbers.ts';
import { table } from '../table.ts';
import { duration, moment } from '../time.ts';
import type { View } from '../view.ts';
import { fitEnd } from '../width.ts';

const rate = (share: number | null): string => (share === null ? '' : percent(share));
const count = (n: number): string => (n === 0 ? '' : n.toLocaleString('en'));

export const toolTable = (rows: readonly ToolStats[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'tool', cell: (one) => one.name, min: 12 },
      { head: 'calls', cell: (one) => count(one.calls), align: 'right' },
      { head: 'succeeded', cell: (one) => rate(one.successRate), align: 'right' },
      { head: 'blocked', cell: (one) => count(one.blocked), align: 'right', spare: 2 },
      {
        head: 'average',
        cell: (one) => (one.durations ? duration(one.durations.average) : ''),
        align: 'right',
      },
      { head: 'p95', cell: (one) => (one.durations ? duration(one.durations.p95) : ''), align: 'right' },
      {
        head: 'p99',
        cell: (one) => (one.durations ? duration(one.durations.p99) : ''),
        align: 'right',
        spare: 1,
      },
      { head: 'tokens', cell: (one) => short(one.tokens), align: 'right', spare: 3 },
      { head: 'cost', cell: (one) => moneyText(one.cost), align: 'right' },
    ],
    view,
  );

export const agentTable = (rows: readonly AgentStats[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'agent', cell: (one) => one.agent },
      { head: 'type', cell: (one) => one.type, min: 8 },
      { head: 'runs', cell: (one) => count(one.runs), align: 'right' },
      { head: 'messages', cell: (one) => count(one.messages), align: 'right', spare: 1 },
      { head: 'operations', cell: (one) => count(one.calls), align: 'right' },
      { head: 'succeeded', cell: (one) => rate(one.successRate), align: 'right' },
      { head: 'in', cell: (one) => short(promptTokens(one.tokens)), align: 'right', spare: 3 },
      { head: 'out', cell: (one) => short(one.tokens.output), align: 'right', spare: 2 },
      { head: 'cost', cell: (one) => moneyText(one.cost.computed), align: 'right' },
    ],
    view,
  );

export const modelTable = (rows: readonly ModelStats[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'model', cell: (one) => one.model || 'unnamed', min: 12 },
      { head: 'messages', cell: (one) => count(one.messages), align: 'right' },
      { head: 'in', cell: (one) => short(promptTokens(one.tokens)), align: 'right' },
      { head: 'from cache', cell: (one) => rate(one.cacheHits), align: 'right' },
      { head: 'out', cell: (one) => short(one.tokens.output), align: 'right' },
      {
        head: 'cost',
        cell: (one) =>
          one.cost.computed === 0 && one.cost.unpricedTokens > 0 ? 'unpriced' : moneyText(one.cost.computed),
        align: 'right',
      },
    ],
    view,
  );

export const fileTable = (rows: readonly FileStats[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'changes', cell: (one) => count(one.changes), align: 'right' },
      { head: 'sessions', cell: (one) => count(one.sessions), align: 'right', spare: 1 },
      { head: 'lines', cell: (one) => `+${one.added} −${one.removed}`, align: 'right', spare: 2 },
      { head: 'failed', cell: (one) => count(one.failed), align: 'right' },
      { head: 'file', cell: (one) => one.path, min: 12, cut: fitEnd },
    ],
    view,
  );

export const skillTable = (rows: readonly SkillStats[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'skill', cell: (one) => one.name, min: 8 },
      { head: 'uses', cell: (one) => count(one.uses), align: 'right' },
      { head: 'sessions', cell: (one) => count(one.sessions), align: 'right' },
      { head: 'last', cell: (one) => moment(one.lastAt, view.now) },
    ],
    view,
  );

export const slowTable = (rows: readonly SlowOperation[], view: View): string[] =>
  table(
    rows,
    [
      { head: 'took', cell: (one) => duration(one.durationMs), align: 'right' },
      { head: 'tool', cell: (one) => one.name },
      { head: 'session', cell: (one) => shortId(one.session), spare: 1 },
      { head: 'target', cell: (one) => one.target, min: 12 },
    ],
    view,
  );
