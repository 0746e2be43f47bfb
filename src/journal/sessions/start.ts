// The first record of a session that is kept by hand: who works where, as what, and for what.
import { randomUUID } from 'node:crypto';
import { agentTypes, ClewError, requireModelTier } from '../../model/index.ts';
import type { AgentType } from '../../model/index.ts';
import type { NewRecord } from '../recorder.ts';
import { allowed } from './allowed.ts';

/** What a session begins with. What is not known is left out. */
export interface NewSession {
  /** The folder of the project, and the one worked in where that is another. */
  readonly project: string;
  readonly workspace?: string | undefined;
  /** Of the agent, as clew names it: `claude-code`. */
  readonly agent: string;
  readonly agentType: AgentType;
  readonly agentName?: string | undefined;
  readonly agentVersion?: string | undefined;
  readonly model?: string | undefined;
  /** 1 to 4, weak, base, strong, or a model's name such as sonnet. */
  readonly modelTier?: string | undefined;
  readonly temperature?: number | undefined;
  readonly goal?: string | undefined;
  readonly initialPrompt?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly user?: string | undefined;
  readonly machine: string;
  readonly branch?: string | undefined;
  /** The agent's own id of the session in which it works. */
  readonly agentSession?: string | undefined;
  readonly template?: string | undefined;
  /** Others of the same agent may be active in the project. */
  readonly parallel?: boolean | undefined;
}

/** The record, under a new UUID as the session's id. Throws BAD_INPUT for a word that is not allowed. */
export function startRecord(
  told: NewSession,
  hasContext: boolean,
): NewRecord & { readonly session: string; readonly id: string } {
  allowed(agentTypes, told.agentType, 'the agent type');
  checkSaid(told);
  const session = randomUUID();
  const values = {
    agent: told.agent,
    agentType: told.agentType,
    agentName: told.agentName,
    agentVersion: told.agentVersion,
    machine: told.machine,
    workspace: told.workspace ?? told.project,
    branch: told.branch,
    user: told.user,
    goal: told.goal,
    model: told.model,
    modelTier: told.modelTier,
    temperature: told.temperature === undefined ? undefined : String(told.temperature),
    initialPrompt: told.initialPrompt,
    metadata: told.metadata && JSON.stringify(told.metadata),
  };
  return {
    kind: 'session',
    id: randomUUID(),
    session,
    subject: 'start',
    root: told.project,
    by: told.user,
    text: told.goal,
    data: {
      contextGenerated: hasContext,
      ...(told.agentSession && { agentSession: told.agentSession }),
      ...(told.template && { template: told.template }),
      ...(told.parallel && { parallel: true }),
    },
    values: given(values),
  };
}

/** Throws BAD_INPUT. */
export function checkSaid({ modelTier, temperature }: Pick<NewSession, 'modelTier' | 'temperature'>): void {
  if (modelTier !== undefined) requireModelTier(modelTier);
  if (temperature !== undefined && !(temperature >= 0))
    throw new ClewError('BAD_INPUT', `a temperature of ${temperature}`, 'it is a number from 0 on');
}

/** What was left out is not told. */
export const given = <T extends Readonly<Record<string, string | undefined>>>(
  values: T,
): Record<keyof T & string, string> =>
  Object.fromEntries(
    Object.entries(values).filter(([, said]) => said !== undefined && said !== ''),
  ) as Record<keyof T & string, string>;
