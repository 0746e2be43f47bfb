// Which limit holds for a project: the first whose name is its folder, a folder above it, a part of its path, or `*`.
import type { Limit, LimitSettings } from '../../model/index.ts';

export const limitOfProject = (
  { project: limits }: LimitSettings,
  project: string,
  home: string,
): Limit | undefined => Object.entries(limits).find(([name]) => isMeant(name, project, home))?.[1];

function isMeant(name: string, project: string, home: string): boolean {
  if (name === '*') return true;
  const place = name.replace(/^~(?=[\\/]|$)/, home);
  if (!/^(?:[\\/]|[A-Za-z]:[\\/])/.test(place)) return project.toLowerCase().includes(name.toLowerCase());
  const folder = place.replace(/[\\/]+$/, '');
  return project === folder || ['/', '\\'].some((slash) => project.startsWith(folder + slash));
}
