import type { ActiveAgent, ActiveWarning } from '../../index.ts';
import { oneLine, shortId } from '../lines.ts';
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
  `! ${sessions.map(shortId).join(' and ')} ${kind === 'file' ? 'have both changed' : 'work in the same worktree'} ${path}`;

function agentLines(agent: ActiveAgent, caller: string | undefined): string {
  const { waiting, files } = agent;
  const place = [
    agent.root ?? agent.project ?? '–',
    ...(agent.branch === null ? [] : [`on ${agent.branch}`]),
    ...(agent.issue === null ? [] : [`for ${agent.issue}`]),
  ];
  const shown = files.slice(0, mostFiles).map((file) => file.path);
  const more = files.length > mostFiles ? ` and ${files.length - mostFiles} more` : '';
  return [
    `${shortId(agent.session)}${agent.session === caller ? ' (you)' : ''} · ${agent.agent} · ${place.join(' ')} · since ${agent.startedAt ?? '–'}, last heard of ${agent.quietSince ?? '–'} · ${oneLine(agent.title ?? 'untitled', 100)}`,
    ...(waiting
      ? [`  waits for the ${waiting.on}: ${waiting.what} ${oneLine(waiting.target ?? '', 120)}`.trimEnd()]
      : []),
    ...(shown.length > 0 ? [`  changed lately: ${shown.join(', ')}${more}`] : []),
  ].join('\n');
}
