// What was found, by session.
import type { SearchHit } from '../../index.ts';
import { shortIds } from './ids.ts';
import { kindName } from './kinds.ts';
import { tilde } from './path.ts';
import { untitled } from './session-table.ts';
import { moment } from './time.ts';
import type { View } from './view.ts';
import { fit, fitEnd, oneLine, pad, widthOf } from './width.ts';

export function hitLines(hits: readonly SearchHit[], view: View): string[] {
  const id = shortIds(hits.map((hit) => hit.session));
  const times = hits.map((hit) => moment(hit.at, view.now));
  const timeWidth = Math.max(0, ...times.map(widthOf));
  const kindWidth = Math.max(0, ...hits.map((hit) => kindName(hit.kind).length));
  const room = view.width - timeWidth - kindWidth - 6;
  return [...Map.groupBy(hits, (hit) => hit.session).values()].flatMap((found, i) => [
    ...(i > 0 ? [''] : []),
    heading(found[0]!, id(found[0]!.session), view),
    ...found.map((hit) => {
      const facts = `${pad(moment(hit.at, view.now), timeWidth)}  ${pad(kindName(hit.kind), kindWidth)}`;
      return `  ${view.colour.dim(facts)}  ${highlighted(around(oneLine(hit.snippet), room), view)}`;
    }),
  ]);
}

function heading(hit: SearchHit, id: string, view: View): string {
  const project = hit.project === null ? '' : tilde(hit.project, view);
  const title = fit(hit.title ?? untitled, Math.max(20, view.width - id.length - widthOf(project) - 4));
  return `${view.colour.yellow(id)}  ${view.colour.bold(title)}  ${view.colour.cyan(project)}`.trimEnd();
}

/** What fits of the text, with the first of the words found in it. */
function around(text: string, room: number): string {
  const found = text.indexOf('«');
  const before = text.slice(0, Math.max(0, found));
  const start = widthOf(before) > room / 2 ? `…${lastColumns(before, room / 3)}` : before;
  return fit(start + text.slice(before.length), room);
}

const lastColumns = (text: string, width: number): string =>
  fitEnd(text, Math.floor(width)).replace(/^…/, '');

/** The marks around what was found become colour where there is colour. */
function highlighted(text: string, { colour }: View): string {
  if (!colour.isColorSupported) return text;
  return text.replaceAll(/«([^»]*)»?/g, (_, found: string) => colour.bold(colour.red(found)));
}
