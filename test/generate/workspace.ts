// A made-up project: files that are read, edited and created, so that the same text comes again as it does in real
// transcripts. One project is in memory at a time.
import type { Random } from './random.ts';
import type { Vocabulary } from './text.ts';
import { codeLine, codeText, vocabulary } from './text.ts';

export interface SourceText {
  readonly path: string;
  lines: string[];
}

export interface Workspace {
  readonly root: string;
  /** The project's folder below `projects/`. */
  readonly slug: string;
  readonly vocabulary: Vocabulary;
  readonly files: SourceText[];
  /** The file worked on just now: most edits come in rows. */
  focus: SourceText;
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

export interface Edit {
  readonly path: string;
  readonly oldString: string;
  readonly newString: string;
  readonly originalFile: string;
  readonly hunk: Hunk;
}

const context = 3;

export function makeWorkspace(r: Random, root?: string): Workspace {
  const v = vocabulary(r);
  const folder = root ?? `/home/dev/projects/${r.pick(v.files)}-${r.hex(4)}`;
  const count = r.between(60, 140);
  const files = Array.from({ length: count }, () => ({
    path: `${folder}/src/${r.pick(v.files)}/${r.pick(v.files)}.ts`,
    lines: codeText(r, v, Math.min(r.size(6500, 1), 90_000)),
  }));
  return {
    root: folder,
    slug: folder.replaceAll(/[^A-Za-z0-9]/g, '-'),
    vocabulary: v,
    files,
    focus: files[0]!,
  };
}

/** The file that the next edit is about. */
function focusFile(r: Random, workspace: Workspace): SourceText {
  if (r.chance(0.3)) workspace.focus = r.common(workspace.files);
  return workspace.focus;
}

/** Replaces a few lines of a file, for good. */
export function editFile(r: Random, workspace: Workspace): Edit {
  const v = workspace.vocabulary;
  const file = focusFile(r, workspace);
  const { lines } = file;
  const originalFile = lines.join('\n');
  const removed = Math.min(r.size(8, 0.9), 60, lines.length);
  // Files keep about their size, so that a long session's records do too.
  const wanted = lines.length > 2500 ? 1 : Math.min(r.size(9, 0.9), 80);
  const start = r.int(Math.max(1, lines.length - removed));
  const old = lines.slice(start, start + removed);
  const fresh = Array.from({ length: wanted }, (_, i) =>
    i < old.length && r.chance(0.45) ? old[i]! : codeLine(r, v, r.between(1, 3)),
  );
  const before = lines.slice(Math.max(0, start - context), start);
  const after = lines.slice(start + removed, start + removed + context);
  lines.splice(start, removed, ...fresh);
  const first = start - before.length + 1;
  return {
    path: file.path,
    oldString: old.join('\n'),
    newString: fresh.join('\n'),
    originalFile,
    hunk: {
      oldStart: first,
      oldLines: before.length + old.length + after.length,
      newStart: first,
      newLines: before.length + fresh.length + after.length,
      lines: [
        ...before.map((line) => ` ${line}`),
        ...old.map((line) => `-${line}`),
        ...fresh.map((line) => `+${line}`),
        ...after.map((line) => ` ${line}`),
      ],
    },
  };
}

export function createFile(r: Random, workspace: Workspace): SourceText {
  const v = workspace.vocabulary;
  const path = `${workspace.root}/src/${r.pick(v.files)}/${r.pick(v.files)}-${r.hex(3)}.ts`;
  const file = { path, lines: codeText(r, v, Math.min(r.size(3300, 0.9), 20_000)) };
  workspace.files[r.int(workspace.files.length)] = file;
  return file;
}
