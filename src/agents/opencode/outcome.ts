// What became of a call. OpenCode calls a command that failed `completed`, and so a call of a tool that there is none of.
import type { OperationStatus } from '../../model/index.ts';
import type { ToolCall } from './tool-call.ts';

export interface Outcome {
  readonly status: OperationStatus;
  readonly error: string | undefined;
  readonly approval: { readonly decision: 'denied'; readonly by: string } | undefined;
}

const maxError = 8192;
/** Of PermissionRejectedError and PermissionCorrectedError; of PermissionDeniedError. */
const byUser = /^(?:\w+: )?The user rejected permission to use this specific tool call/;
const byRule =
  /^(?:\w+: )?The user has specified a rule which prevents you from using this specific tool call/;
const dismissed = /^(?:\w+: )?The user dismissed this question/;

export function outcomeOf(
  call: Pick<ToolCall, 'name' | 'status' | 'error' | 'output' | 'metadata'>,
): Outcome {
  const outcome = (status: OperationStatus, error: string | undefined, by?: string): Outcome => ({
    status,
    error: error?.slice(0, maxError),
    approval: by === undefined ? undefined : { decision: 'denied', by },
  });
  const { metadata, output } = call;
  if (call.status === 'error') {
    const error = call.error ?? '';
    if (byUser.test(error)) return outcome('blocked', error, 'user');
    if (byRule.test(error)) return outcome('blocked', error, 'rule');
    if (dismissed.test(error)) return outcome('blocked', error);
    const isStopped = metadata['interrupted'] === true || error === 'Tool execution aborted';
    return outcome(isStopped ? 'interrupted' : 'failed', error);
  }
  if (call.name === 'invalid') return outcome('failed', output);
  const exit = metadata['exit'];
  if (exit === 0 || exit === undefined) return outcome('success', undefined);
  // Without an exit code it was ended: by the user, or as it took too long.
  if (exit === null)
    return outcome(/User aborted the command/.test(output) ? 'interrupted' : 'failed', output);
  return outcome('failed', output);
}
