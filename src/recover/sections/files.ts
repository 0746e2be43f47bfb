// The state of the files. Every path is to be there: one line each as long as they have room, then one line for each
// folder, then without the counts; only what even that has no room for is counted.
import path from 'node:path';
import { must } from '../fit.ts';
import type { Draft, DraftLine } from '../fit.ts';
import type { Story } from '../story.ts';
import type { HandoffFile } from '../types.ts';
import { codeLine, counted, inline } from '../words.ts';

/** The share of the budget that the list may take. */
const share = 0.4;
const wholePath = 1000;
const lineLength = 320;

export function fileList(story: Story, files: readonly HandoffFile[]): Draft {
  const { detail, short, chars } = story;
  const id = short(detail.id);
  const within = relative(detail.workspace);
  const allowed = Math.floor(chars * share);
  const forms = [
    () => files.map((file) => oneLine(file, within, short)),
    () => byFolder(files, within, id, (file, name) => `${name} ${marks(file)}`),
    () => byFolder(files, within, id, (_, name) => name),
  ];
  let lines: readonly DraftLine[] = [];
  for (const form of forms) {
    lines = form();
    if (lines.reduce((n, line) => n + line.text.length + 1, 0) <= allowed) break;
  }
  let left = allowed;
  const ranked = lines.map((line) => ({
    ...line,
    rank: (left -= line.text.length + 1) >= 0 ? must.file : 1,
  }));
  return {
    title: `Files (${counted(files.length, 'changed file')})`,
    lines: [...stateLines(story, files), ...ranked],
    more: `clew show ${id}`,
  };
}

function stateLines({ detail, entries, short }: Story, files: readonly HandoffFile[]): DraftLine[] {
  const id = short(detail.id);
  const where = [
    detail.branch && `branch ${codeLine(detail.branch, 200)}`,
    detail.workspace && `in ${codeLine(detail.workspace, 300)}`,
  ].filter(Boolean);
  const lines: DraftLine[] =
    where.length > 0
      ? [{ text: `- The session worked on ${where.join(' ')} (${codeLine(id, 60)})`, id, rank: must.state }]
      : [];
  const commit = entries.findLast((entry) => entry.kind === 'commit');
  const commitId = commit && short(commit.key.split('|')[0] ?? '');
  const open = files.filter((file) => file.uncommitted).length;
  if (commit && commitId)
    lines.push({
      text: `- Last commit: ${inline(commit.text, 120)} (${codeLine(commitId, 60)}); ${open === 0 ? 'no file changed since' : `${counted(open, 'file')} changed since, marked *`}`,
      id: commitId,
      rank: must.state,
    });
  else if (files.length > 0)
    lines.push({
      text: `- No commit is on record: all changes are taken to be uncommitted, marked *`,
      id,
      rank: must.state,
    });
  return lines;
}

function oneLine(file: HandoffFile, within: (file: string) => string, short: Story['short']): DraftLine {
  const id = short(file.operation);
  const text = `- ${codeLine(within(file.path), wholePath)} ${file.kind} ${marks(file)} (${codeLine(id, 60)})`;
  return { text, id, rank: must.file };
}

const marks = ({ added, removed, uncommitted, kind }: HandoffFile): string =>
  `${kind === 'delete' ? 'deleted ' : ''}+${added} −${removed}${uncommitted ? ' *' : ''}`;

function byFolder(
  files: readonly HandoffFile[],
  within: (file: string) => string,
  id: string,
  tell: (file: HandoffFile, name: string) => string,
): DraftLine[] {
  const folders = Map.groupBy(files, (file) => path.dirname(within(file.path)));
  return [...folders].flatMap(([folder, members]) => {
    const names = members.map((file) => tell(file, codeLine(path.basename(file.path), wholePath)));
    return inLines(`- ${codeLine(`${folder}/`, wholePath)}: `, names).map((text) => ({
      text,
      id,
      rank: must.file,
    }));
  });
}

/** Short lines, so that of a large folder as much is told as there is room for. */
function inLines(lead: string, names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < lineLength)
      lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(lead + name);
  }
  return lines;
}

const relative =
  (workspace: string | null) =>
  (file: string): string =>
    workspace && file.startsWith(`${workspace}/`) ? file.slice(workspace.length + 1) : file;
