// Which way to go on with a session: the agent's own resume where it can still take up the conversation; where it cannot,
// clew's copy of the conversation, put where the agent looks; a handoff to a new session elsewhere.
import { statSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../model/index.ts';
import type { AgentName, Context } from '../model/index.ts';
import type { SessionDetail } from '../query/index.ts';
import type { Db } from '../store/index.ts';
import { planCut } from './conversation.ts';
import type { PlannedCut } from './conversation.ts';
import { writeHandoff } from './handoff-file.ts';
import { nativeObstacle, isSameFolder } from './native.ts';
import { shellQuote, startCommand, startWords } from './start.ts';
import type { Handoff, HandoffTarget, ResumeOptions, ResumePlan } from './types.ts';

/** The command of each agent that can be started with a handoff. */
const targetOf: Readonly<Partial<Record<AgentName, HandoffTarget>>> = {
  'claude-code': 'claude',
  codex: 'codex',
  'gemini-cli': 'gemini',
  opencode: 'opencode',
};

/** Where a handoff is needed it is made by `handoff`. Throws BAD_INPUT where the folder that is given is none. */
export function resumePlan(
  db: Db,
  context: Context,
  detail: SessionDetail,
  handoff: () => Handoff,
  options: ResumeOptions = {},
): ResumePlan {
  const target = options.with ?? targetOf[detail.agent] ?? 'claude';
  const cwd = folderOf(context, detail, options.folder);
  const enter = cwd === null ? '' : `cd ${shellQuote(cwd)} && `;
  const none = { handoffFile: null, conversationFile: null };
  const common = { session: detail.id, agent: detail.agent, status: detail.status, cwd, ...none };
  const runs = (argv: readonly string[], command = enter + argv.map(shellQuote).join(' ')) => ({
    argv,
    command,
  });
  /** What writes the file and goes on; for those who only want to know. */
  const ourselves = (): { argv: readonly string[]; command: string } => {
    const more = [
      ...(options.with === undefined ? [] : ['--with', options.with]),
      ...(options.folder === undefined || cwd === null ? [] : ['--folder', cwd]),
    ];
    const argv = ['clew', 'resume', detail.id, '--run', ...more];
    return runs(argv, argv.map(shellQuote).join(' '));
  };

  const foreign = foreignness(detail.agent, target);
  const obstacle = foreign ?? nativeObstacle(context, detail, cwd);
  if (obstacle === undefined) {
    const argv = ['claude', '--resume', detail.id];
    return {
      ...common,
      way: 'native',
      why: `Claude Code still has the conversation${still(detail)}`,
      ...runs(argv),
    };
  }
  const cut = foreign === undefined && cwd !== null ? copyOf(db, context, detail.id, cwd) : undefined;
  if (cut !== undefined && 'write' in cut) {
    const why = `${obstacle}, so Claude Code is given clew's copy of the conversation as a new session${still(detail)}`;
    if (!options.write) return { ...common, way: 'cut', why, ...ourselves() };
    cut.write();
    return { ...common, way: 'cut', why, ...runs(cut.command), conversationFile: cut.file };
  }
  const lacks = cut === undefined ? '' : ` and clew has no copy to go on with (${cut.why})`;
  const why = `${obstacle}${lacks}, so ${target} is given a handoff`;
  if (!options.write) return { ...common, way: 'handoff', why, ...ourselves() };
  const { markdown } = handoff();
  const file = writeHandoff(context.clewHome, detail.id, markdown);
  const command = enter + startCommand(target, `$(cat ${shellQuote(file)})`);
  return {
    ...common,
    way: 'handoff',
    why,
    ...runs(startWords(target, markdown), command),
    handoffFile: file,
  };
}

/** Why the session's own conversation is of no use to who is to go on. */
function foreignness(agent: AgentName, target: HandoffTarget): string | undefined {
  if (targetOf[agent] !== target) return `another agent than ${agent} is to go on`;
  return agent === 'claude-code' ? undefined : `clew does not know how ${agent} takes up a session`;
}

function folderOf(context: Context, { workspace }: SessionDetail, given: string | undefined): string | null {
  const isFolder = (folder: string): boolean =>
    statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (given === undefined) return workspace !== null && isFolder(workspace) ? workspace : null;
  const folder = path.resolve(context.cwd, given);
  if (!isFolder(folder))
    throw new ClewError('BAD_INPUT', `${folder} is no folder`, 'make it first, or choose another');
  return workspace !== null && isSameFolder(folder, workspace) ? workspace : folder;
}

/** The whole conversation as far as nothing in it is half told, or why there is none. */
function copyOf(
  db: Db,
  context: Context,
  session: string,
  folder: string,
): PlannedCut | { readonly why: string } {
  try {
    return (
      planCut(db, context, { session, after: { at: Infinity }, folder }) ?? { why: 'no transcript was kept' }
    );
  } catch (error) {
    if (error instanceof ClewError) return { why: error.message };
    throw error;
  }
}

const still = ({ status }: SessionDetail): string =>
  status === 'active' ? '; it may still be at work elsewhere: end it there first' : '';
