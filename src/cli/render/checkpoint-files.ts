// The files of a checkpoint as lines, and one of them. Everything that is given must be harmless already.
import type { CheckpointFile, CheckpointFiles, FileContent } from '../../index.ts';
import { bytes, many } from './numbers.ts';
import { tilde } from './path.ts';
import type { View } from './view.ts';
import { fit, fitEnd, wrap } from './width.ts';

const marks = { create: '+', update: '~', delete: '−' } as const;

export function filesHead({ files, root, since }: CheckpointFiles, view: View): string {
  const there = files.filter((one) => one.change !== 'delete').length;
  const changed = files.filter((one) => one.change !== null).length;
  const told = since === null ? '' : `, ${changed} changed since ${since}`;
  return view.colour.bold(fit(`${many(there, 'file')} in ${tilde(root, view)}${told}`, view.width));
}

/** Columns that a name must have, or its size is not told. */
const narrowest = 8;

/** Always one line: a name may hold a line feed, and still is one name. */
export function fileLine({ path, type, size, change }: CheckpointFile, view: View): string {
  const { colour } = view;
  const kind = { file: '', executable: ' executable', link: ' link' };
  const fact = type === null ? 'deleted' : `${bytes(size ?? 0)}${kind[type]}`;
  const room = view.width - fact.length - 4;
  const name = fitEnd(path.replaceAll('\n', '␊'), room < narrowest ? view.width - 2 : room);
  const paints = { create: colour.green, update: colour.yellow, delete: colour.red };
  const line = `${change === null ? ' ' : marks[change]} ${name}`;
  const painted = change === null ? line : paints[change](line);
  return room < narrowest ? painted : `${painted}  ${colour.dim(fact)}`;
}

export function contentLines({ checkpoint, path, type, size, text, why }: FileContent, view: View): string[] {
  const { colour } = view;
  const told = (words: string): string[] => wrap(words, view.width).map((line) => colour.dim(line));
  if (text === null)
    return told(`${bytes(size)}, ${why}: not shown. \`clew restore ${checkpoint} ${path}\` brings it back.`);
  if (type === 'link') return [`→ ${text}`];
  return text === '' ? told('The file is empty.') : wrap(text.replace(/\n$/, ''), view.width);
}
