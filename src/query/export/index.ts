// A session as one document to keep, send or read elsewhere: JSON for programs, Markdown for forges and editors, HTML for
// a browser. Pure: what was read from the index goes in, the document's text comes out.
import type { SessionDetail, Timeline } from '../types.ts';
import { htmlDocument } from './html/page.ts';
import { markdownDocument } from './markdown/document.ts';

export { clean, cleanLine } from './clean.ts';
export { code, fenced, plain } from './markdown/text.ts';

type ExportFormat = 'json' | 'markdown' | 'html';

const writers: Readonly<
  Record<ExportFormat, (detail: SessionDetail, timeline: Timeline) => Iterable<string>>
> = {
  json: (session, timeline) => [JSON.stringify({ session, timeline }, null, 2), '\n'],
  markdown: markdownDocument,
  html: htmlDocument,
};

/** The whole session in one text, its last line ended. */
export function exportSession(detail: SessionDetail, timeline: Timeline, format: ExportFormat): string {
  return [...writers[format](detail, timeline)].join('');
}
