// How Copilot CLI is started, and takes up a session of its own. Evidence: SOURCES.md under "Going on".
import path from 'node:path';
import type { AgentProgram, Context, OwnSession } from '../../model/index.ts';
import { isSameFolder, ownFiles } from '../shared/own-place.ts';

export const program: AgentProgram = {
  name: 'copilot',
  withPrompt: ['copilot', '--interactive'],
  resume({ env, home, cwd }: Context, session: OwnSession, folder: string) {
    const config = path.resolve(cwd, env['COPILOT_HOME'] || path.join(home, '.copilot'));
    const folders = [path.join(config, 'session-state')];
    const own = ownFiles(session, { title: 'Copilot CLI', what: 'log', folders });
    if ('obstacle' in own) return own;
    if (session.workspace !== null && !isSameFolder(folder, session.workspace))
      return { obstacle: 'it is to go on in another folder' };
    return ['copilot', `--resume=${session.id}`];
  },
};
