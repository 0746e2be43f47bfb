// What is behind a line, a commit, an operation or an issue, for people.
import type { Why } from '../../index.ts';
import { shortId } from '../../model/index.ts';
import { section } from './facts.ts';
import { decisionLines, workLine } from './journal.ts';
import { tilde } from './path.ts';
import { fullMoment } from './time.ts';
import type { View } from './view.ts';
import { fit, oneLine, wrap } from './width.ts';

/** A prompt may be pages long: this many lines of it are shown. */
const maxPromptLines = 8;

export function whyLines(why: Why, view: View): string[] {
  const { colour } = view;
  const { target, certainty, how } = why;
  const mark = certainty === 'certain' ? '' : `${certainty}: `;
  return [
    colour.bold(`${target.kind} ${target.id}`),
    ...(target.text === null ? [] : [`  ${fit(oneLine(target.text), view.width - 2)}`]),
    ...wrap(mark + how, view.width).map((line) => colour.dim(line)),
    ...section(
      'Prompts',
      why.prompts.flatMap((one) => [
        colour.dim(`${fullMoment(one.at, view.now)}  session ${shortId(one.session)}`),
        ...cut(wrap(one.text.trim(), view.width - 2)).map((line) => `  ${line}`),
      ]),
      view,
    ),
    ...section('Decisions', decisionLines(why.decisions, view), view),
    ...section(
      'Operations',
      why.operations.map((one) =>
        fit(
          `${fullMoment(one.at, view.now)}  ${one.id}  ${one.name} ${oneLine(tilde(one.target, view))}`,
          view.width,
        ),
      ),
      view,
    ),
    ...section(
      'Commits',
      why.commits.map((one) => {
        const of = one.session === null ? '' : `  session ${shortId(one.session)}`;
        const main = one.primary === true ? ', most of it' : '';
        return fit(
          `${fullMoment(one.at, view.now)}  ${one.sha.slice(0, 12)}  ${one.subject ?? ''}${of}${main}`,
          view.width,
        );
      }),
      view,
    ),
    ...section(
      'Work',
      why.work.flatMap((one) => [
        workLine(one, view),
        ...[one.rationale, one.notes].flatMap((words) =>
          words === null ? [] : wrap(words, view.width - 2).map((line) => `  ${line}`),
        ),
      ]),
      view,
    ),
  ];
}

const cut = (lines: readonly string[]): string[] =>
  lines.length > maxPromptLines ? [...lines.slice(0, maxPromptLines), '…'] : [...lines];
