// How Gemini CLI is started, and takes up a session of its own: only in the project that the chat lies with. Evidence:
// SOURCES.md under "Going on".
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AgentProgram, Context, OwnSession } from '../../model/index.ts';
import { ownFiles } from '../shared/own-place.ts';
import { realPath } from '../shared/roots.ts';
import { homeOf } from './places.ts';
import { slugOf } from './slug.ts';

export const program: AgentProgram = {
  name: 'gemini',
  withPrompt: ['gemini', '--prompt-interactive'],
  resume(context: Context, session: OwnSession, folder: string) {
    const gemini = path.join(homeOf(context), '.gemini');
    const tmp = path.join(gemini, 'tmp');
    const own = ownFiles(session, { title: 'Gemini CLI', what: 'chat', folders: [tmp] });
    if ('obstacle' in own) return own;
    const real = realPath(path.resolve(folder));
    const slug = slugOf(real, gemini);
    // A folder by the hash of the project's is moved at the next start, if the newer one is not there yet.
    const names = existsSync(path.join(tmp, slug)) ? [slug] : [slug, hash('sha256', real)];
    const projects = own.files.map((file) => path.basename(path.resolve(file, '..', '..')));
    if (!projects.some((name) => names.includes(name)))
      return { obstacle: `its chat is none of the project in ${folder}` };
    return ['gemini', '--resume', session.id];
  },
};
