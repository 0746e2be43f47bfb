// Which way to go on with a session: the agent's own resume where it can still find the conversation, a handoff to a
// new session elsewhere.
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AgentName, Context } from '../model/index.ts';
import type { SessionDetail } from '../query/index.ts';
import { shellQuote, startCommand, startWords } from './start.ts';
import type { Handoff, HandoffTarget, ResumeOptions, ResumePlan } from './types.ts';

/** The command of each agent that can be started with a handoff. */
const targetOf: Readonly<Partial<Record<AgentName, HandoffTarget>>> = {
  'claude-code': 'claude',
  codex: 'codex',
  'gemini-cli': 'gemini',
  opencode: 'opencode',
};

/** Where a handoff is needed it is made by `handoff` and written below $CLEW_HOME. */
export function resumePlan(
  context: Context,
  detail: SessionDetail,
  handoff: () => Handoff,
  options: ResumeOptions = {},
): ResumePlan {
  const target = options.with ?? targetOf[detail.agent] ?? 'claude';
  const cwd = detail.workspace !== null && existsSync(detail.workspace) ? detail.workspace : null;
  const common = { session: detail.id, agent: detail.agent, status: detail.status, cwd };
  const enter = cwd === null ? '' : `cd ${shellQuote(cwd)} && `;
  const obstacle = obstacleOf(context, detail, target, cwd);
  if (obstacle === undefined) {
    const argv = ['claude', '--resume', detail.id];
    const still = detail.status === 'active' ? '; it may still be at work elsewhere: end it there first' : '';
    return {
      ...common,
      way: 'native',
      why: `Claude Code still has the conversation${still}`,
      argv,
      command: enter + argv.map(shellQuote).join(' '),
      handoffFile: null,
    };
  }
  const { markdown } = handoff();
  const file = writeHandoff(context.clewHome, detail.id, markdown);
  return {
    ...common,
    way: 'handoff',
    why: `${obstacle}, so ${target} is given a handoff`,
    argv: startWords(target, markdown),
    command: enter + startCommand(target, `$(cat ${shellQuote(file)})`),
    handoffFile: file,
  };
}

/** Why the agent cannot take up its own conversation. */
function obstacleOf(
  context: Context,
  { agent, sources }: SessionDetail,
  target: HandoffTarget,
  cwd: string | null,
): string | undefined {
  if (targetOf[agent] !== target) return `another agent than ${agent} is to go on`;
  if (agent !== 'claude-code') return `clew does not know how ${agent} takes up a session`;
  const transcripts = sources.filter((source) => source.kind === 'transcript');
  const here = transcripts.filter((source) => source.machine === context.machine);
  if (transcripts.length > 0 && here.length === 0) return 'the session was on another machine';
  if (!here.some((source) => existsSync(source.path))) return 'its transcript was deleted';
  if (!here.some((source) => existsSync(source.path) && isFound(context, source.path)))
    return "its transcript lies outside Claude Code's own folder";
  return cwd === null ? 'the folder that it worked in is gone' : undefined;
}

/** Whether Claude Code looks there: copies that clew was told to read elsewhere are nothing to it. */
function isFound({ env, home, cwd }: Context, transcript: string): boolean {
  const folder = path.resolve(cwd, env['CLAUDE_CONFIG_DIR'] || path.join(home, '.claude'));
  return [folder, realOf(folder)].some((one) => transcript.startsWith(path.join(one, 'projects') + path.sep));
}

/** Replaces the handoff that was written before. It is the user's alone, as records are. */
function writeHandoff(clewHome: string, session: string, markdown: string): string {
  const folder = path.join(clewHome, 'handoffs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${session.replaceAll(/[^\w.-]/g, '_')}.md`);
  writeFileSync(file, markdown, { mode: 0o600 });
  return file;
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
