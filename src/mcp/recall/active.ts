import type { ActiveAgent, ActiveWarning } from '../../index.ts';
import { oneLine, shortId, time } from '../lines.ts';
import { defineTool, maxTokens, offset } from '../tool.ts';

const mostFiles = 12;

export const active = defineTool({
  name: 'active',
  title: 'Who is at work',
  description:
    'The agents that are at work on this machine now: where, on which issue and files, since when, and whom they wait for. It warns where two of them work in the same worktree or on the same file. Ask before you start on files that others may be changing.',
  records: false,
  input: { max_tokens: maxTokens, offset },
  run({ clew }, { offset: from }) {
    const { agents, warnings } = clew.active();
    const caller = clew.caller()?.session;
    return {
      entries: [...warnings.map(warningLine), ...agents.map((agent) => agentLines(agent, caller))],
      none: 'no agent is at work',
      offset: from,
    };
  },
});

const warningLine = ({ kind, path, sessions }: ActiveWarning): string =>
  `! ${sessions.map(shortId).join(', ')} ${kind === 'file' ? 'change the same file' : 'work in the same worktree'}: ${path}`;

function agentLines(agent: ActiveAgent, caller: string | undefined): string {
  const { waiting, files } = agent;
  const place = [
    agent.root ?? agent.project ?? '–',
    ...(agent.branch === null ? [] : [`on ${agent.branch}`]),
    ...(agent.issue === null ? [] : [`for ${agent.issue}`]),
  ];
  return [
    `${shortId(agent.session)}${agent.session === caller ? ' (you)' : ''} · ${agent.agent} · ${place.join(' ')} · since ${time(agent.startedAt)}, last heard of ${time(agent.quietSince)} · ${oneLine(agent.title ?? 'untitled', 100)}`,
    ...(waiting ? [`  waits for the ${waiting.on}: ${waitingText(waiting)}`] : []),
    ...filesText(files, 'is about to change', true),
    ...filesText(files, 'changed lately', false),
  ].join('\n');
}

function waitingText({ what, tool, target }: NonNullable<ActiveAgent['waiting']>): string {
  const call = tool === null || tool === what ? '' : ` for ${tool}`;
  return `${what}${call} ${oneLine(target ?? '', 120)}`.trimEnd();
}

function filesText(files: ActiveAgent['files'], verb: string, pending: boolean): string[] {
  const all = files.filter((file) => file.pending === pending).map((file) => file.path);
  const more = all.length > mostFiles ? ` and ${all.length - mostFiles} more` : '';
  return all.length === 0 ? [] : [`  ${verb}: ${all.slice(0, mostFiles).join(', ')}${more}`];
}
