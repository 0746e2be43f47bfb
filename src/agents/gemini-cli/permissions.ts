// What hooks tell of the user's leave: BeforeTool, then Notification if the user is asked, then AfterTool if it was given. None
// of them names the call, so it is told by its tool and target, and when it was begun and over.
import type { SessionFact } from '../../model/index.ts';
import { hashOf, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { targetOf } from './tools.ts';

interface Begun {
  readonly key: string;
  readonly tool: string;
  readonly target: string;
  readonly at: number;
}

export interface Permissions {
  /** The call that each session began last, which is the one that its user may be asked about next. */
  readonly begun: Record<string, Begun>;
  /** Calls that a user was asked about. */
  readonly asked: Record<string, Begun>;
}

/** Sessions, and calls, that are remembered. */
const most = 128;

export function readPermission(
  state: Permissions,
  { session, event, payload, at }: { session: string; event: string; payload: Json; at: number },
  tell: (name: SessionFact['name'], value: string) => void,
): void {
  if (event === 'Notification') {
    const call = state.begun[session];
    if (!call || payload['notification_type'] !== 'ToolPermission' || !isAbout(payload['details'], call))
      return;
    remember(state.asked, call.key, call);
    tell('asking', `${call.tool}\n${call.target}`);
    return;
  }
  const tool = text(payload['tool_name']);
  if (tool === undefined) return;
  const input = object(payload['tool_input']) ?? {};
  const key = hashOf(JSON.stringify([session, tool, input]));
  if (event === 'BeforeTool')
    remember(state.begun, session, { key, tool, target: targetOf(tool, input), at });
  const asked = state.asked[key];
  if (event !== 'AfterTool' || !asked) return;
  delete state.asked[key];
  tell('allowed', JSON.stringify({ tool, target: asked.target, from: asked.at, until: at }));
}

/** Of a command and an edit it is said which. */
function isAbout(told: unknown, { target }: Begun): boolean {
  const details = object(told);
  const [command, file] = [text(details?.['command']), text(details?.['filePath'])];
  return command !== undefined ? command === target : file === undefined || file.endsWith(target);
}

function remember(table: Record<string, Begun>, key: string, call: Begun): void {
  delete table[key];
  table[key] = call;
  const [oldest = ''] = Object.keys(table);
  if (Object.keys(table).length > most) delete table[oldest];
}
