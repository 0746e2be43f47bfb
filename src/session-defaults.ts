// What a session that is kept by hand begins with where nobody says it: which agent calls, who uses the machine, a template.
import os from 'node:os';
import { adapters } from './agents/index.ts';
import { agentTypes, ClewError } from './model/index.ts';
import type { AgentType, Config, Context } from './model/index.ts';

/** As clew names the agent that is started under that word. */
export const agentOf = (type: AgentType): string =>
  adapters.find(({ program }) => program?.name === type)?.name ?? type;

/** The agent that has started this process, and its session, where its environment tells. */
export function callerIn({
  env,
}: Context): { readonly type: AgentType; readonly session: string } | undefined {
  for (const { program } of adapters) {
    const session = program?.sessionVariable && env[program.sessionVariable];
    if (session) return { type: agentTypes.find((one) => one === program.name) ?? 'custom', session };
  }
  return undefined;
}

export const userOf = ({ env }: Context): string => env['USER'] || os.userInfo().username;

export function templateOf(
  config: Config,
  name: string | undefined,
): NonNullable<Config['sessionTemplates']>[string] {
  if (name === undefined) return {};
  const all = config.sessionTemplates ?? {};
  const found = Object.hasOwn(all, name) ? all[name] : undefined;
  if (found) return found;
  const names = Object.keys(all);
  throw new ClewError(
    'NOT_FOUND',
    `no template is called "${name}"`,
    names.length > 0
      ? `there are: ${names.join(', ')}`
      : 'config.json has none: docs/configuration.md tells of `sessionTemplates`',
  );
}
