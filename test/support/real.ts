// Real sessions, where the folder with them is there beside the project; tests that need them are skipped otherwise.
import { existsSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from './home.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'transcripts');

export const real = {
  home: path.join(folder, 'home'),
  growth: path.join(folder, 'growth', 'claude'),
  isThere: existsSync(path.join(folder, 'home', '.claude')),
  why: 'real transcripts are not beside the project',
};

/** A home with the real sessions of one agent alone, by the folder that it keeps them in: `.claude`. */
export function realHome(folder: string): string {
  const home = tempFolder();
  symlinkSync(path.join(real.home, folder), path.join(home, folder));
  return home;
}
