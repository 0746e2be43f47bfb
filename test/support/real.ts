// Real sessions, where the folder with them is there beside the project; tests that need them are skipped otherwise.
import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'transcripts');

export const real = {
  home: path.join(folder, 'home'),
  growth: path.join(folder, 'growth', 'claude'),
  isThere: existsSync(path.join(folder, 'home', '.claude')),
  why: 'real transcripts are not beside the project',
};
