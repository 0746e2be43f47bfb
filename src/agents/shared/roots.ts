// The folders in which an agent may keep its records: those that it is told by its environment, its defaults, and those
// that the user has configured for it.
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { AgentName, AgentRoot, Config, Context } from '../../model/index.ts';

/** Each once, however it is named. `places` are the agent's own, with why clew looks there. */
export function rootsOf(
  agent: AgentName,
  places: readonly { readonly path: string; readonly origin: string }[],
  context: Context,
  config: Config,
): AgentRoot[] {
  const all = [
    ...places.map((place) => ({ ...place, machine: context.machine })),
    ...config.sources
      .filter((one) => one.agent === agent)
      .map((one) => ({
        path: one.path.replace(/^~(?=[\\/]|$)/, context.home),
        origin: 'config',
        machine: one.machine ?? context.machine,
      })),
  ];
  const seen = new Set<string>();
  return all.flatMap((place) => {
    const real = realPath(path.resolve(context.cwd, place.path));
    if (seen.has(real)) return [];
    seen.add(real);
    return [{ ...place, path: real }];
  });
}

/** Where a place really is; the place itself where it is not there. */
export function realPath(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    return place;
  }
}
