// Tells code from prose in text that an agent wrote as Markdown, so that each can be escaped in its own way.

export interface Piece {
  readonly kind: 'prose' | 'code';
  readonly text: string;
  /** The language that a fence names, letters and digits only. */
  readonly language: string;
}

const opening = /^[ \t]*(`{3,}|~{3,})(.*)$/;
/** A fence within a list item's or a quote's first line: its end depends on what surrounds it. */
const nestedFence = /^[ \t]*(?:[-*+>]|\d{1,9}[.)])[ \t>]*(?:`{3,}|~{3,})/;

/** The pieces in order; undefined where fences are nested in other marks, so that no simple reading is safe. */
export function pieces(text: string): Piece[] | undefined {
  const out: Piece[] = [];
  let held: string[] = [];
  let open: { mark: string; language: string } | undefined;
  const flush = (): void => {
    if (held.length > 0 || open)
      out.push({ kind: open ? 'code' : 'prose', text: held.join('\n'), language: open?.language ?? '' });
    held = [];
  };
  for (const line of text.split('\n')) {
    if (open) {
      const end = line.trim();
      if (end.length >= open.mark.length && end === open.mark.charAt(0).repeat(end.length)) {
        flush();
        open = undefined;
      } else held.push(line);
      continue;
    }
    if (nestedFence.test(line)) return undefined;
    const begin = opening.exec(line);
    // A line with backticks on both sides is a code span.
    if (begin && !(begin[1]?.startsWith('`') && begin[2]?.includes('`'))) {
      flush();
      open = { mark: begin[1] ?? '```', language: /^[\w+#-]{1,20}/.exec(begin[2]?.trim() ?? '')?.[0] ?? '' };
    } else held.push(line);
  }
  flush();
  return out;
}

/** Cuts a line or paragraph into prose and code spans, as Markdown does: a run of backticks up to the next run as long. */
export function spans(text: string): { readonly code: boolean; readonly text: string }[] {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const places = runs.get(run.length);
    if (places) places.push(index);
    else runs.set(run.length, [index]);
  }
  const next = new Map<number, number>();
  const out: { code: boolean; text: string }[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    if (text[at] === '\\') at += 2;
    else if (text[at] === '`') {
      let end = at + 1;
      while (text[end] === '`') end++;
      const places = runs.get(end - at) ?? [];
      let n = next.get(end - at) ?? 0;
      while ((places[n] ?? Infinity) < end) n++;
      next.set(end - at, n);
      const close = places[n];
      if (close === undefined) at = end;
      else {
        if (at > from) out.push({ code: false, text: text.slice(from, at) });
        out.push({ code: true, text: text.slice(end, close) });
        from = close + end - at;
        at = from;
      }
    } else at++;
  }
  if (from < text.length) out.push({ code: false, text: text.slice(from) });
  return out;
}
