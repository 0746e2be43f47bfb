// Recorded text inside an HTML document. Everything is escaped; the little Markdown that is shown as such is made from
// escaped text, and what it makes are tags without attributes.
import { clean, cleanLine } from '../clean.ts';
import { pieces, spans } from '../fences.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeAll = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? '');

/** Text of several lines, also for an attribute's value. */
export const escape = (text: string): string => escapeAll(clean(text));

export const escapeLine = (text: string): string => escapeAll(cleanLine(text));

/** Markdown that an agent or a person wrote. Its links and images are left as text: nobody vouches for where they lead. */
export function prose(text: string): string {
  const safe = clean(text).trim();
  const parts = pieces(safe);
  if (!parts) return block(safe);
  return parts.map((part) => (part.kind === 'code' ? block(part.text) : blocks(part.text))).join('\n');
}

/** Text as it is, in lines. */
export const block = (text: string): string => `<pre><code>${escape(text)}</code></pre>`;

const bullet = /^\s{0,8}(?:[-*+]|(\d{1,9})[.)])\s+/;

function blocks(text: string): string {
  const out: string[] = [];
  let held: string[] = [];
  let kind: 'p' | 'ul' | 'ol' | 'table' = 'p';
  const flush = (): void => {
    if (held.length > 0) out.push(wrap(kind, held));
    held = [];
    kind = 'p';
  };
  for (const line of text.split('\n')) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const item = bullet.exec(line);
    if (line.trim() === '') {
      // A list goes on over an empty line.
      if (kind === 'p' || kind === 'table') flush();
    } else if (heading) {
      flush();
      out.push(`<h4>${inline(heading[1] ?? '')}</h4>`);
    } else if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
      flush();
      out.push('<hr>');
    } else if (item) {
      const next = item[1] === undefined ? 'ul' : 'ol';
      if (kind !== next) flush();
      kind = next;
      held.push(line.slice(item[0].length));
    } else if (/^\s*\|.*\|\s*$/.test(line)) {
      if (kind !== 'table') flush();
      kind = 'table';
      held.push(line.trim());
    } else if ((kind === 'ul' || kind === 'ol') && /^\s/.test(line) && held.length > 0)
      held.push(`${held.pop()}\n${line.trim()}`);
    else {
      if (kind !== 'p') flush();
      held.push(line);
    }
  }
  flush();
  return out.join('\n');
}

function wrap(kind: 'p' | 'ul' | 'ol' | 'table', held: readonly string[]): string {
  if (kind === 'p') return `<p>${inline(held.join('\n')).replaceAll('\n', '<br>')}</p>`;
  if (kind !== 'table')
    return `<${kind}>${held.map((line) => `<li>${inline(line)}</li>`).join('')}</${kind}>`;
  const isRule = (line: string): boolean => /^\|[-:| ]+\|$/.test(line);
  const cells = (line: string, tag: string): string =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`)
      .join('');
  const hasHead = held[1] !== undefined && isRule(held[1]);
  const rows = held
    .filter((line) => !isRule(line))
    .map((line, i) => `<tr>${cells(line, hasHead && i === 0 ? 'th' : 'td')}</tr>`);
  return `<div class="wide"><table>${rows.join('')}</table></div>`;
}

/** Code spans, then bold. */
export const inline = (text: string): string =>
  spans(text)
    .map((span) =>
      span.code
        ? `<code>${escapeAll(span.text)}</code>`
        : bold(escapeAll(span.text.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, ''))),
    )
    .join('');

const bold = (text: string): string =>
  text.replaceAll(/\*\*(?=\S)([^*\n]{1,400})\*\*/g, '<strong>$1</strong>');
