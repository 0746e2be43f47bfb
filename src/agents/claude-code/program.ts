// How Claude Code is started, and takes up a session of its own: the transcript must lie whole where it looks, which is by
// the folder that it is started in.
import path from 'node:path';
import type { AgentProgram, Context, OwnSession } from '../../model/index.ts';
import { isSameFolder, isTorn, ownFiles } from '../shared/own-place.ts';

export const program: AgentProgram = {
  name: 'claude',
  withPrompt: ['claude'],
  sessionVariable: 'CLAUDE_CODE_SESSION_ID',
  resume({ env, home, cwd }: Context, session: OwnSession, folder: string) {
    const config = path.resolve(cwd, env['CLAUDE_CONFIG_DIR'] || path.join(home, '.claude'));
    const own = ownFiles(session, {
      title: 'Claude Code',
      what: 'transcript',
      folders: [path.join(config, 'projects')],
    });
    if ('obstacle' in own) return own;
    if (session.workspace !== null && !isSameFolder(folder, session.workspace))
      return { obstacle: 'it is to go on in another folder' };
    // 1.0.128 writes its next record behind the torn one, and loses all that came before; 2.1.100 loses that record;
    // 2.1.329 mends it.
    if (!session.isActive && own.files.every(isTorn))
      return { obstacle: 'its transcript ends in the middle of a line' };
    return ['claude', '--resume', session.id];
  },
};
