// The agents that clew reads: where, how much there is, and what their records tell.
import type { AgentSummary } from '../../index.ts';
import { section } from './facts.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import { moment } from './time.ts';
import type { View } from './view.ts';
import { fitEnd } from './width.ts';

const signs = { yes: '✓', partly: '~', no: '–' } as const;

/** Heads short enough for a table. */
const heads = {
  hooks: 'hooks',
  usage: 'tokens',
  reportedCost: 'own cost',
  diffs: 'diffs',
  subagents: 'subagents',
  approvals: 'approvals',
  todos: 'todos',
  compaction: 'compactions',
  resume: 'resume',
  branch: 'branch',
} as const;

export function agentLines(agents: readonly AgentSummary[], view: View): string[] {
  const newest = (one: AgentSummary) => one.capabilities.at(-1);
  const notes = agents.flatMap((one) =>
    one.capabilities.flatMap(({ since, notes: all }) =>
      all.map((note) => `${one.title}${since === '' ? '' : ` from ${since} on`}: ${note}`),
    ),
  );
  return [
    ...table(
      agents,
      [
        { head: 'agent', cell: (one) => one.name },
        { head: 'sessions', cell: (one) => String(one.sessions), align: 'right' },
        { head: 'last', cell: (one) => moment(one.lastAt, view.now) },
        { head: 'versions', cell: versions, spare: 2 },
        {
          head: 'folder',
          cell: (one) =>
            tilde((one.folders.find((folder) => folder.exists) ?? one.folders[0])?.path ?? '', view),
          min: 12,
          cut: fitEnd,
          spare: 1,
        },
      ],
      view,
    ),
    ...section(
      'What their records tell',
      table(
        agents,
        [
          { head: 'agent', cell: (one) => one.name },
          ...(Object.keys(heads) as (keyof typeof heads)[]).map((name) => ({
            head: heads[name],
            cell: (one: AgentSummary) => signs[newest(one)?.support[name] ?? 'no'],
          })),
        ],
        view,
      ),
      view,
    ),
    view.colour.dim('✓ yes  ~ partly  – no'),
    ...section('Good to know', notes, view),
  ];
}

function versions({ versions: all }: AgentSummary): string {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? first : `${first} … ${last}`;
}
