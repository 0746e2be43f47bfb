import * as z from 'zod';
import type { UsageFigures } from '../../index.ts';
import { totalTokens } from '../../model/index.ts';
import { dollars, many } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';

export const usage = defineTool({
  name: 'usage',
  title: 'Tokens and cost',
  description:
    'Tokens and cost, in US dollars by list prices, by day or in another grouping. The total comes first.',
  records: false,
  input: {
    group: z
      .enum(['day', 'week', 'month', '5h', 'session', 'project', 'model', 'agent', 'branch', 'issue'])
      .default('day'),
    project: z.string().optional().describe("Only sessions whose project's path has this in it"),
    session: z.string().optional().describe('Only this session'),
    days: z.int().min(1).max(3660).optional().describe('Only the last so many days'),
    max_tokens: maxTokens,
    offset,
  },
  run({ clew }, { group, project, session, days, offset: from }) {
    const since = days === undefined ? undefined : clew.context.now() - days * 86_400_000;
    const report = clew.usage({ group, project, session, since });
    return {
      head: `by ${report.group}, in ${report.timezone}\n${line('total', report.total)}`,
      entries: report.rows.map((row) => line(row.title ? `${row.group} ${row.title}` : row.group, row)),
      none: 'nothing was used',
      offset: from,
    };
  },
});

function line(name: string, { tokens, cost, sessions, messages }: UsageFigures): string {
  const unpriced = cost.unpricedTokens > 0 ? `, ${cost.unpricedTokens} tokens without a price` : '';
  return `${name} · ${dollars(cost.computed)}${unpriced} · ${totalTokens(tokens)} tokens (${tokens.output} out, ${tokens.cacheRead} from cache) · ${many(messages, 'response')} in ${many(sessions, 'session')}`;
}
