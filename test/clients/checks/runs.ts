// Subagents: a tree, each under the operation that started it, with the operations that it made.
import type { View } from '../clew/run.ts';
import type { RunNode } from '../clew/shapes.ts';
import type { Report } from '../report.ts';
import { expectedCalls, subagents, type Told } from './expected.ts';

export function checkRuns(told: Told, view: View, report: Report): void {
  const session = told.story.tools.session;
  const roots = view.details.get(session)?.runs ?? [];
  report.equal('has one main run', roots.length, 1);
  const children = roots[0]?.children ?? [];
  const described = children.map(({ description }) => description ?? '').toSorted();
  report.equal('has three subagents below it', described, Object.values(subagents).toSorted());
  report.equal(
    'has none below those',
    children.flatMap((child) => child.children),
    [],
  );

  const calls = expectedCalls(told);
  const own = (node: RunNode | undefined) =>
    view.operations.filter(({ run }) => run === node?.id).map(({ id }) => id);
  const asked = (...scenarios: string[]) =>
    calls.filter(({ scenario }) => scenarios.includes(scenario)).map(({ id }) => id);
  for (const [scenario, description] of Object.entries(subagents)) {
    const child = children.find((node) => node.description === description);
    report.equal(`${description}: has its operations`, own(child).toSorted(), asked(scenario).toSorted());
    const starter = calls.find(({ input }) => input['description'] === description && input['subagent_type']);
    report.equal(`${description}: stands under the call that started it`, child?.operation, starter?.id);
  }
  report.equal(
    'leaves the others to the main run',
    own(roots[0]).toSorted(),
    asked('tools', 'more').toSorted(),
  );
  const alone = [...view.details.values()].filter((detail) => detail.id !== session);
  report.equal(
    'has no subagents elsewhere',
    alone.flatMap(({ runs }) => runs.flatMap((run) => run.children)),
    [],
  );
}
