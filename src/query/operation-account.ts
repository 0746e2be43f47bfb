// Whether an operation was allowed, what came of it in a few words, and what it used.
import type { OperationAccount, OperationRow, OperationUse } from './types.ts';

/** What is said of an operation beyond what it was. */
export const accountOf = (
  row: Pick<OperationRow, 'approval' | 'detail' | 'spawned' | 'status'>,
  files: number,
  use: OperationUse | null,
): OperationAccount => ({
  approved: row.approval === null ? null : row.approval === 'approved',
  result: resultOf(row, files),
  use,
});

/** In a few words: the output itself is in the stream. */
function resultOf(
  { detail, spawned, status }: Pick<OperationRow, 'detail' | 'spawned' | 'status'>,
  files: number,
): string | null {
  const { exitCode, outputChars } = detail ?? {};
  const words = [
    typeof exitCode === 'number' && `exit code ${exitCode}`,
    typeof outputChars === 'number' && `${outputChars} characters of output`,
    files > 0 && `${files} ${files === 1 ? 'file' : 'files'} changed`,
    spawned !== null && `agent run ${spawned}`,
  ].filter((one) => one !== false);
  return words.length > 0 && status !== 'pending' ? words.join(', ') : null;
}
