// A checkpoint as the hook leaves it in the spool: plain lines, since sh cannot escape JSON. See docs/checkpoints.md.
import { createHash } from 'node:crypto';

/** Words of which there may be any number of lines. */
const repeated = new Set(['inner', 'left']);

/** Words and values of the lines; `root` comes last and takes the rest, as a path may hold line ends. */
export function parseCheckpoint(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (let from = 0; from < text.length;) {
    const rest = text.slice(from);
    const root = /^root ([\s\S]*?)\n?$/.exec(rest);
    if (root) return { ...found, root: root[1] ?? '' };
    const end = rest.indexOf('\n') < 0 ? rest.length : rest.indexOf('\n');
    const [, word = '', value = ''] = /^(\S+) ?(.*)$/.exec(rest.slice(0, end)) ?? [];
    if (repeated.has(word)) found[word] = [found[word] ?? [], value].flat();
    else if (word !== '') found[word] = value;
    from += end + 1;
  }
  return found;
}

/** Short enough to be typed, and the same whenever the stream is read. */
export function checkpointId(name: string, time: number): string {
  return createHash('sha256').update(`${name} ${time}`).digest('hex').slice(0, 12);
}
