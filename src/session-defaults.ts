// What a session that is kept by hand begins with where nobody says it: which agent calls, who uses the machine, a template.
import os from 'node:os';
import { adapters } from './agents/index.ts';
import { agentTypes, ClewError } from './model/index.ts';
import type { AgentType, Config, Context } from './model/index.ts';
import { sessionAbove } from './recover/index.ts';
import type { Db } from './store/index.ts';

/** As clew names the agent that is started under that word. */
export const agentOf = (type: string): string =>
  adapters.find(({ program }) => program?.name === type)?.name ?? type;

/** Under which of the words that users know an agent is started; `custom` for one that none of them names. */
export function agentTypeOf(agent: string): AgentType {
  const program = adapters.find(({ name }) => name === agent)?.program?.name ?? agent;
  return agentTypes.find((one) => one === program) ?? 'custom';
}

/** The agent that has started this process, and its session: as the environment tells, or by the processes above this one. */
export function callerIn(
  db: Db,
  context: Context,
  config: Config,
): { readonly type: AgentType; readonly session: string } | undefined {
  for (const { name, program } of adapters) {
    const session = program?.sessionVariable && context.env[program.sessionVariable];
    if (session) return { type: agentTypeOf(name), session };
  }
  const above = sessionAbove(db, context, config, process.ppid);
  const agent = db
    .prepare<[string | undefined], { agent: string }>('SELECT agent FROM session WHERE id = ?')
    .get(above)?.agent;
  if (above === undefined || agent === undefined) return undefined;
  return { type: agentTypeOf(agent), session: above };
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
