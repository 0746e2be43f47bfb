import * as z from 'zod';
import { defineTool } from '../tool.ts';
import { forSession, sessionFor } from './for-session.ts';

export const recordDecision = defineTool({
  name: 'record_decision',
  title: 'Record a decision',
  description:
    'Records a decision that somebody will ask about later: the question, what was chosen, why, and what else was thought of. `why` finds it again.',
  records: true,
  input: {
    question: z.string().min(1),
    selected: z.string().min(1).describe('What was decided; one of the options, where these are given'),
    rationale: z.string().optional(),
    options: z.array(z.string()).optional(),
    alternatives: z.array(z.string()).optional().describe('What else was thought of'),
    confidence: z.number().min(0).max(1).optional(),
    issue: z.string().optional().describe('The issue that it was made for'),
    session: forSession,
  },
  async run(call, { session, ...decision }) {
    const { how, told } = sessionFor(call, session);
    const kept = await call.clew.recordDecision(decision, how);
    return `decision ${kept.id} is recorded: ${kept.question} → ${kept.selected ?? ''}${told(kept.session)}`;
  },
});
