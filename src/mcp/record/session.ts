import * as z from 'zod';
import { agentTypes, ClewError, endReasons, endStatuses } from '../../model/index.ts';
import { defineTool } from '../tool.ts';
import { forSession, sessionFor } from './for-session.ts';

export const startSession = defineTool({
  name: 'start_session',
  title: 'Begin a session',
  description:
    'Begins a session that is kept by hand, with a goal, and a snapshot of the project as it is. An agent whose sessions clew reads by itself needs none: for such a one it becomes part of its own session.',
  records: true,
  input: {
    goal: z.string().optional().describe('What it is for'),
    agent_type: z.enum(agentTypes).optional().describe('Left out: that of the agent that calls'),
    agent_name: z.string().optional(),
    model: z.string().optional(),
    parallel: z.boolean().default(false).describe('Also where one of the same project and agent is active'),
  },
  async run({ clew }, { goal, agent_type: agentType, agent_name: agentName, model, parallel }) {
    const project = clew.context.cwd;
    const begun = await clew.startSession({ project, goal, agentType, agentName, model, parallel });
    const joined =
      begun.agentSession === null ? '' : `, which is part of your own session ${begun.agentSession}`;
    return `session ${begun.uuid} has begun in ${begun.project}${joined}. Give its id where you record for it, and end it with end_session.`;
  },
});

export const endSession = defineTool({
  name: 'end_session',
  title: 'End a session',
  description: 'Ends a session that is kept by hand. Of two ends, the first counts.',
  records: true,
  input: {
    session: forSession,
    status: z.enum(endStatuses).default('completed'),
    reason: z.enum(endReasons).optional(),
    message: z.string().optional().describe('What came of it'),
  },
  async run(call, { session, ...end }) {
    const { how } = sessionFor(call, session);
    if (how.session === undefined)
      throw new ClewError('NOT_FOUND', 'no session is at work here', 'give its id: `sessions` lists them');
    const { session: ended, changed, note } = await call.clew.endSession(how.session, end);
    return changed
      ? `session ${ended.id} is ${ended.status}`
      : `session ${ended.id} stays as it is: ${note ?? ended.status}`;
  },
});
