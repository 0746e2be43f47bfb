// Which way to go on with a session: the agent's own resume where it can still take up the conversation; where it cannot,
// clew's copy of the conversation, put where the agent looks; a handoff to a new session elsewhere.
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { adapters } from '../agents/index.ts';
import { ClewError } from '../model/index.ts';
import type { AgentProgram, Context } from '../model/index.ts';
import type { SessionDetail } from '../query/index.ts';
import type { Db } from '../store/index.ts';
import { planCut } from './conversation.ts';
import type { PlannedCut } from './conversation.ts';
import { writeHandoff } from './handoff-file.ts';
import { programOf, shellQuote, startCommand, startWords } from './start.ts';
import { transcriptsOf } from './transcripts.ts';
import type { Handoff, ResumeOptions, ResumePlan } from './types.ts';

/** Who is given a handoff of an agent that clew does not know how to start. */
const anyTarget = 'claude';

/**
 * Where a handoff is needed it is made by `handoff`. Throws BAD_INPUT where the folder that is given is none, or no agent is
 * started by the word that is given.
 */
export function resumePlan(
  db: Db,
  context: Context,
  detail: SessionDetail,
  handoff: () => Handoff,
  options: ResumeOptions = {},
): ResumePlan {
  const adapter = adapters.find((one) => one.name === detail.agent);
  const title = adapter?.title ?? detail.agent;
  const own = adapter?.program;
  const target = programOf(options.with ?? own?.name ?? anyTarget).name;
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

  const foreign = own?.name === target ? undefined : `another agent than ${detail.agent} is to go on`;
  const taken = foreign === undefined ? takenUp(db, context, detail, own, cwd) : { obstacle: foreign };
  if (!('obstacle' in taken))
    return {
      ...common,
      way: 'native',
      why: `${title} still has the conversation${still(detail)}`,
      ...runs(taken),
    };
  const { obstacle } = taken;
  const isCut = foreign === undefined && adapter?.conversation !== undefined;
  const cut = isCut && cwd !== null ? copyOf(db, context, detail.id, cwd) : undefined;
  if (cut !== undefined && 'write' in cut) {
    const why = `${obstacle}, so ${title} is given clew's copy of the conversation as a new session${still(detail)}`;
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

/** The agent's own words to take the session up in a folder, or what stands in the way. */
function takenUp(
  db: Db,
  context: Context,
  { id, agent, workspace, status }: SessionDetail,
  own: AgentProgram | undefined,
  cwd: string | null,
): readonly string[] | { readonly obstacle: string } {
  if (!own?.resume) return { obstacle: `clew does not know how ${agent} takes up a session` };
  const transcripts = transcriptsOf(db, id);
  const here = transcripts.filter(({ machine }) => machine === context.machine);
  if (transcripts.length > 0 && here.length === 0) return { obstacle: 'the session was on another machine' };
  if (cwd === null) return { obstacle: 'the folder that it worked in is gone' };
  const places = here.map((one) => one.path);
  return own.resume(context, { id, places, workspace, isActive: status === 'active' }, cwd);
}

function folderOf(context: Context, { workspace }: SessionDetail, given: string | undefined): string | null {
  const isFolder = (folder: string): boolean =>
    statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (given === undefined) return workspace !== null && isFolder(workspace) ? workspace : null;
  const folder = path.resolve(context.cwd, given);
  if (!isFolder(folder))
    throw new ClewError('BAD_INPUT', `${folder} is no folder`, 'make it first, or choose another');
  return workspace !== null && isFolder(workspace) && realpathSync(folder) === realpathSync(workspace)
    ? workspace
    : folder;
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
