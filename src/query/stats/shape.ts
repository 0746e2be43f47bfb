// The shape of an error: its first telling line without what differs from one time to the next (paths, numbers, ids,
// quoted words), so that the same error met twice is one.

/** Lines that frame an error and do not tell it. */
const frame =
  /^(?:exit code \d+|error: exit code.*|traceback \(most recent.*|stderr:?|stdout:?|[=\-*#~\s>]*|npm (?:err!|error).*log.*|<\/?[\w-]+>)$/i;
/** What tells most: the name of an error, a word such as `error` or `failed`. */
const telling =
  /\b(?:error|exception|failed|failure|fatal|cannot|could not|not found|denied|no such|undefined|invalid|unexpected|refused|timed? ?out|rejected|panic)\b/i;

const longest = 160;

/** The line of an error's text that says most. */
export function tellingLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- colours of a terminal
  const plain = text.replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, '').replaceAll(/<\/?tool_use_error>/g, '');
  const lines = plain
    .slice(0, 20_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !frame.test(line));
  return (lines.find((line) => telling.test(line)) ?? lines[0] ?? plain.trim().split('\n')[0] ?? '').slice(
    0,
    400,
  );
}

export function shapeOf(line: string): string {
  return line
    .replaceAll(/(["'`])(?:(?!\1).){1,200}\1/g, '…')
    .replaceAll(/(?:[A-Za-z]:)?[\w.@~+-]*(?:[\\/][\w.@~+-]+)+[\\/]?(?::\d+)*/g, '<path>')
    .replaceAll(
      /\b[\w-]+\.(?:[cm]?[jt]sx?|py|rs|go|java|rb|php|json|ya?ml|toml|md|txt|sh|css|html|sql)\b(?::\d+)*/g,
      '<path>',
    )
    .replaceAll(/\b(?:0x)?[0-9a-f]{7,}\b/gi, '<id>')
    .replaceAll(/\d+(?:[.,]\d+)*/g, 'N')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longest);
}
