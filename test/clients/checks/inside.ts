// The session kept by hand and the client's own are one, with what both tell.
import type { Inside } from '../inside.ts';
import type { Report } from '../report.ts';

export function checkInside({ uuid, session, status, history }: Inside, report: Report): void {
  report.equal('it has the client’s id', status.id, session);
  report.equal('and that by hand', status.recordedAs, uuid);
  report.equal('its goal', status.goal, 'a spread');
  report.equal('its end', status.status, 'completed');
  report.holds(
    'its prompt',
    // OpenCode puts it into quotation marks.
    status.initialPrompt?.includes('Please begin.') ?? false,
    status.initialPrompt,
  );
  report.holds('its tokens', status.totalTokens > 0, status.totalTokens);
  const order = ['session_start', 'user_message', 'command_execution', 'agent_response', 'session_end'];
  report.equal('what happened, in order', history.join(' '), order.join(' '));
}
