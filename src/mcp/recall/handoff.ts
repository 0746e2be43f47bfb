import * as z from 'zod';
import { defineTool, session } from '../tool.ts';

export const handoff = defineTool({
  name: 'handoff',
  title: 'Take up a session',
  description:
    'What is needed to go on with a session: its goal, what was done, what is open, the files as it left them, decisions, commands, trouble. Without a session, the latest of this project before the calling one. Call it when asked to resume, continue or pick up earlier work.',
  records: false,
  input: {
    session: session.optional(),
    max_tokens: z
      .int()
      .min(500)
      .max(50_000)
      .default(4000)
      .describe('The most tokens that the answer may take'),
  },
  run: ({ clew }, { session: id, max_tokens: budget }) =>
    clew.handoff(id ?? clew.sessionBefore(clew.caller()?.session), { budget }).markdown,
});
