// Work, skills, metrics and decisions for people.
import type { Decision, Metric, SkillUse, Work } from '../../index.ts';
import { shortId } from '../../model/index.ts';
import { factLines } from './facts.ts';
import { shortIds } from './ids.ts';
import { grouped } from './numbers.ts';
import { table } from './table.ts';
import { between, fullMoment } from './time.ts';
import type { View } from './view.ts';
import { wrap } from './width.ts';

export function workLine(work: Work, view: View): string {
  const of = work.session === null ? '' : ` in session ${shortId(work.session)}`;
  const state = work.completed ? `done ${fullMoment(work.endedAt, view.now)}` : (work.status ?? 'begun');
  return `${view.colour.dim(shortId(work.id))}  ${view.colour.bold(work.issue)}  ${state}${of}`;
}

export function workTable(works: readonly Work[], view: View): string[] {
  const short = shortIds(works.map((one) => one.id));
  const until = new Date(view.now).toISOString();
  return table(
    works,
    [
      { head: 'id', cell: (one) => short(one.id), style: view.colour.dim },
      { head: 'issue', cell: (one) => one.issue, min: 8 },
      { head: 'begun', cell: (one) => fullMoment(one.startedAt, view.now) },
      { head: 'took', cell: (one) => between(one.startedAt, one.endedAt ?? until) ?? '', align: 'right' },
      { head: 'status', cell: (one) => (one.completed ? 'done' : (one.status ?? 'open')), min: 6 },
      { head: 'agent', cell: (one) => one.agent ?? '', min: 6, spare: 1 },
      { head: 'session', cell: (one) => (one.session === null ? '' : shortId(one.session)), spare: 2 },
      { head: 'why, and how it came out', cell: (one) => notesOf(one), min: 12, spare: 3 },
    ],
    view,
  );
}

const notesOf = ({ rationale, notes }: Work): string => [rationale, notes].filter(Boolean).join(' → ');

export const skillTable = (uses: readonly SkillUse[], view: View): string[] =>
  table(
    uses,
    [
      { head: 'when', cell: (one) => fullMoment(one.at, view.now) },
      { head: 'skill', cell: (one) => one.skill, min: 8 },
      { head: 'tokens', cell: addedText, align: 'right' },
      { head: 'agent', cell: (one) => one.agent ?? '', min: 6, spare: 1 },
      { head: 'issue', cell: (one) => one.issue ?? '', spare: 3 },
      { head: 'session', cell: (one) => (one.session === null ? '' : shortId(one.session)), spare: 2 },
    ],
    view,
  );

const addedText = ({ contextAdded, isEstimate }: SkillUse): string =>
  contextAdded === null ? '' : `${isEstimate ? '≈' : ''}${grouped(contextAdded)}`;

export const metricTable = (metrics: readonly Metric[], view: View): string[] =>
  table(
    metrics,
    [
      { head: 'name', cell: (one) => one.name, min: 8 },
      { head: 'value', cell: (one) => String(one.value), align: 'right' },
      { head: 'when', cell: (one) => (one.at === null ? 'computed' : fullMoment(one.at, view.now)) },
      { head: 'session', cell: (one) => (one.session === null ? '' : shortId(one.session)), spare: 1 },
      {
        head: 'metadata',
        cell: (one) => (one.metadata === null ? '' : JSON.stringify(one.metadata)),
        min: 8,
        spare: 2,
      },
    ],
    view,
  );

/** A paragraph each. */
export const decisionLines = (decisions: readonly Decision[], view: View): string[] =>
  decisions.flatMap((one, i) => [...(i === 0 ? [] : ['']), ...paragraph(one, view)]);

function paragraph(one: Decision, view: View): string[] {
  const question = one.kind === 'plan' ? (one.question.split('\n')[0] ?? '') : one.question;
  const [head = '', ...more] = wrap(question, view.width);
  const sure = one.confidence === null ? '' : ` (confidence ${one.confidence})`;
  const others = one.options.filter((option) => option !== one.selected);
  return [
    view.colour.bold(head),
    ...more.map((line) => view.colour.bold(line)),
    ...factLines(
      [
        ['  selected', one.selected === null ? 'no answer' : one.selected + sure],
        ['  not taken', [...others, ...one.alternatives].join(', ')],
        ['  because', one.rationale],
        ['  when', [fullMoment(one.at, view.now), one.by && `by ${one.by}`].filter(Boolean).join(', ')],
        ['  issue', one.issue],
        ['  session', one.session && shortId(one.session)],
      ],
      view,
    ),
  ];
}
