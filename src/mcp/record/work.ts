import * as z from 'zod';
import type { Clew, Work } from '../../index.ts';
import { shortId } from '../lines.ts';
import { defineTool } from '../tool.ts';
import { forSession, sessionFor } from './for-session.ts';

export const startWork = defineTool({
  name: 'start_work',
  title: 'Begin work on an issue',
  description:
    'Records that you begin to work on an issue of the tracker, so that its cost, files, commits and decisions can be told later, and so that other agents see it. Call `active` first to see whether somebody is at it; the answer says so, too.',
  records: true,
  input: {
    issue: z.string().min(1).describe("The issue's id, as its tracker writes it: bd-12, ABC-123, #7"),
    rationale: z.string().optional().describe('Why this one, and how you will go about it'),
    session: forSession,
  },
  async run(call, { issue, rationale, session }) {
    const { how, told } = sessionFor(call, session);
    const work = await call.clew.startWork(issue, { ...how, rationale });
    const begun = work.changed ? 'has begun' : `goes on since ${work.startedAt}: the first begin counts`;
    return `work ${work.id} on ${work.issue} ${begun}${told(work.session)}${beside(call.clew, work)}`;
  },
});

/** Others that are at work on the issue now. */
function beside(clew: Clew, { issue, session }: Work): string {
  const others = clew.active().agents.filter((one) => one.issue === issue && one.session !== session);
  const named = others.map((one) => `${one.agent} in session ${shortId(one.session)}`);
  return named.length === 0 ? '' : `\n! at work on it, too: ${named.join(', ')}`;
}

export const workStatus = defineTool({
  name: 'work_status',
  title: 'Status of an issue',
  description: 'Records that the issue of an open work has another status: blocked, in_review, …',
  records: true,
  input: { issue: z.string().min(1), status: z.string().min(1), session: forSession },
  async run(call, { issue, status, session }) {
    const { how, told } = sessionFor(call, session);
    const work = await call.clew.setWorkStatus(issue, status, how);
    return `${work.issue} is ${work.status ?? status}${told(work.session)}`;
  },
});

export const finishWork = defineTool({
  name: 'finish_work',
  title: 'End work on an issue',
  description: 'Records that work on an issue is over. Without an issue, the open work of your session.',
  records: true,
  input: {
    issue: z.string().optional().describe("The issue's id, or the work's"),
    notes: z.string().optional().describe('What came of it'),
    session: forSession,
  },
  async run(call, { issue, notes, session }) {
    const { how, told } = sessionFor(call, session);
    // What is named is looked for in all sessions, unless one is named too.
    const work = await call.clew.finishWork(
      issue,
      issue === undefined || session !== undefined ? { ...how, notes } : { notes },
    );
    return `work ${work.id} on ${work.issue} is over since ${work.endedAt ?? 'now'}${told(work.session)}`;
  },
});
