// Agents at work: a few lines for each, and before them who may get into whose way.
import type { ActiveAgent, ActiveReport, ActiveWarning } from '../../index.ts';
import { shortIds } from './ids.ts';
import { tilde, within } from './path.ts';
import { untitled } from './session-table.ts';
import { clock, duration } from './time.ts';
import type { View } from './view.ts';
import { fit, fitEnd, oneLine } from './width.ts';

const mostFiles = 5;
const indent = '  ';

export function activeLines({ agents, warnings }: ActiveReport, view: View): string[] {
  if (agents.length === 0) return ['no agent is at work'];
  const id = shortIds(agents.map((agent) => agent.session));
  return [
    ...warnings.map((warning) => warningLine(warning, id, view)),
    ...(warnings.length > 0 ? [''] : []),
    ...agents.flatMap((agent, i) => [...(i > 0 ? [''] : []), ...agentLines(agent, id(agent.session), view)]),
  ];
}

function warningLine(
  { kind, path, sessions }: ActiveWarning,
  id: (session: string) => string,
  view: View,
): string {
  const what = kind === 'file' ? 'change the same file' : 'work in the same worktree';
  return `${view.colour.yellow('!')} ${sessions.map(id).join(', ')} ${what}: ${tilde(path, view)}`;
}

function agentLines(agent: ActiveAgent, id: string, view: View): string[] {
  const { colour, now, width } = view;
  const place = [
    tilde(agent.root ?? agent.project ?? '', view),
    agent.branch === null ? '' : `on ${agent.branch}`,
    agent.issue === null ? '' : `for ${agent.issue}`,
  ].filter(Boolean);
  const head = `${id}  ${agent.agent}  ${place.join(' ')}`;
  return [
    `${colour.green('●')} ${colour.yellow(id)}${fit(head.slice(id.length), width - id.length - 2)}`,
    indent + fit(oneLine(agent.title ?? untitled), width - 2),
    indent + fit(timeText(agent, now), width - 2),
    ...(agent.waiting ? [indent + waitingText(agent, view)] : []),
    ...filesText(agent, 'is about to change', true, view),
    ...filesText(agent, 'changed', false, view),
  ];
}

function filesText({ files, root }: ActiveAgent, verb: string, pending: boolean, view: View): string[] {
  const all = files.filter((file) => file.pending === pending);
  if (all.length === 0) return [];
  const shown = all.slice(0, mostFiles).map((file) => fitEnd(within(file.path, root, view), view.width - 20));
  const more = all.length - shown.length;
  const text = `${verb} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [indent + fit(text, view.width - 2)];
}

const since = (at: string | null, now: number): string =>
  at === null ? '–' : duration(Math.max(0, now - Date.parse(at)));

const timeText = ({ startedAt, quietSince }: ActiveAgent, now: number): string =>
  startedAt === null
    ? `last heard of ${since(quietSince, now)} ago`
    : `at work for ${since(startedAt, now)}, since ${clock(startedAt)}; last heard of ${since(quietSince, now)} ago`;

const userWords: Readonly<Record<string, string>> = {
  permission: 'to permit',
  question: 'to answer',
  plan: 'to approve its plan',
  prompt: 'to go on',
};

function waitingText({ waiting, root }: ActiveAgent, view: View): string {
  if (!waiting) return '';
  const { on, what, tool, target } = waiting;
  const time = since(waiting.since, view.now);
  const about = target === null ? '' : `: ${oneLine(within(target, root, view))}`;
  if (on === 'model') return fit(`waits for the model, for ${time}`, view.width - 2);
  const asked = `${userWords[what] ?? what}${what === 'permission' && tool !== null ? ` ${tool}` : ''}`;
  const text = on === 'user' ? `waits for you ${asked}` : `waits for ${what}`;
  const line = fit(`${text}${what === 'plan' ? '' : about}`, view.width - 2 - ', for '.length - time.length);
  return on === 'user' ? view.colour.yellow(`${line}, for ${time}`) : `${line}, for ${time}`;
}
