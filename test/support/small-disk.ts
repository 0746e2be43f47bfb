// A file system of a few megabytes, for tests of full disks; needs the right to mount.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './home.ts';

export interface SmallDisk {
  readonly folder: string;
  grow(bytes: number): void;
}

/** Undefined where mounting is not allowed. */
export function onSmallDisk(bytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = path.join(tempFolder(), 'disk');
  mkdirSync(folder);
  const mount = (...options: string[]): void => {
    execFileSync('mount', [...options, folder], { stdio: 'ignore' });
  };
  try {
    mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs');
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
  });
  return { folder, grow: (to) => mount('-o', `remount,size=${to}`) };
}
