// Alerts and limits as tables.
import type { Alert, LimitState } from '../../index.ts';
import { moneyText, shortId } from '../../model/index.ts';
import { short } from './numbers.ts';
import { shortenPaths, tilde } from './path.ts';
import { table } from './table.ts';
import { fullMoment } from './time.ts';
import type { View } from './view.ts';
import { wrap } from './width.ts';

export function alertLines(alerts: readonly Alert[], view: View): string[] {
  const { colour } = view;
  const styles = { info: colour.dim, warning: colour.yellow, critical: colour.red };
  if (alerts.length === 0) return ['No alerts.'];
  return alerts.flatMap((one) => {
    const isLimit = one.kind.startsWith('limit');
    const where = isLimit || one.project === null ? '' : `  ${tilde(one.project, view)}`;
    return [
      `${styles[one.severity]('!')} ${fullMoment(one.at, view.now)}  ${one.kind}${where}`,
      ...wrap(shortenPaths(one.message, null, view), view.width - 2).map((line) => `  ${line}`),
      `  ${colour.dim(one.hint)}`,
    ];
  });
}

export function limitLines(limits: readonly LimitState[], view: View): string[] {
  const { colour } = view;
  if (limits.length === 0)
    return ['No limit is set, or nothing that has one was used. `limits` in config.json sets them.'];
  const styles = { ok: colour.green, warn: colour.yellow, soft: colour.yellow, over: colour.red };
  const amount = (one: LimitState, value: number | null): string => {
    if (value === null) return '';
    return one.measure === 'cost' ? moneyText(value) : short(value);
  };
  return table(
    limits,
    [
      { head: 'limit', cell: (one) => nameOf(one, view), min: 16 },
      { head: 'of', cell: (one) => one.measure },
      { head: 'used', cell: (one) => amount(one, one.used), align: 'right' },
      { head: 'unpriced', cell: unpriced, align: 'right', spare: 1 },
      { head: 'soft', cell: (one) => amount(one, one.soft), align: 'right' },
      { head: 'hard', cell: (one) => amount(one, one.hard), align: 'right' },
      {
        head: 'share',
        cell: (one) => `${Math.floor(100 * one.share)}%`,
        style: (text, one) => styles[one.level](text),
        align: 'right',
      },
      { head: '', cell: (one) => words[one.level] },
    ],
    view,
  );
}

/** Below a report of use: the tightest limit, and all others that are nearly used up. */
export function limitNotes(limits: readonly LimitState[], view: View): string[] {
  const { colour } = view;
  const told = limits.filter((one, i) => i === 0 || one.level !== 'ok');
  const lines = told.flatMap(({ level, message }) => {
    const style = level === 'ok' ? colour.dim : colour.yellow;
    const text = `${level === 'ok' ? '' : '! '}${shortenPaths(message, null, view)}`;
    return wrap(text, view.width).map((line) => style(line));
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

const words = { ok: '', warn: 'nearly used', soft: 'soft limit reached', over: 'hard limit reached' };

const unpriced = ({ measure, unpricedTokens }: LimitState): string =>
  measure === 'cost' && unpricedTokens > 0 ? `+ ${short(unpricedTokens)} tokens` : '';

function nameOf({ scope, name, project }: LimitState, view: View): string {
  if (scope === 'session') return `session ${shortId(name)}`;
  return scope === 'day' ? 'today' : `${tilde(project ?? '', view)} in ${name}`;
}
