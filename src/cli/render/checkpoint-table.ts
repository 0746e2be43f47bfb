// Checkpoints as a table, and one of them whole.
import type {
  CheckpointDetail,
  CheckpointRow,
  EffectRow,
  InnerRepository,
  Kept,
  LeftOut,
} from '../../index.ts';
import { factLines, section } from './facts.ts';
import { shortIds } from './ids.ts';
import { bytes as bytesText } from './numbers.ts';
import { tilde } from './path.ts';
import { table } from './table.ts';
import { fullMoment, moment } from './time.ts';
import type { View } from './view.ts';

export function checkpointTable(rows: readonly Kept<CheckpointRow>[], view: View): string[] {
  const { colour } = view;
  const id = shortIds(rows.map((row) => row.session ?? ''));
  const several = new Set(rows.map((row) => row.root)).size > 1;
  return table(
    rows,
    [
      { head: 'checkpoint', cell: (row) => row.id, style: colour.yellow },
      { head: 'time', cell: (row) => moment(row.at, view.now) },
      { head: 'taken', cell: (row) => when(row) },
      { head: 'files', cell: (row) => (row.changed > 0 ? String(row.changed) : ''), align: 'right' },
      { head: 'session', cell: (row) => (row.session === null ? '' : id(row.session)), spare: 2 },
      { head: 'operation', cell: (row) => row.operation ?? '', spare: 3, style: colour.dim },
      { head: 'project', cell: (row) => (several ? tilde(row.root, view) : ''), spare: 1 },
      { head: '', cell: remark, min: 10 },
    ],
    view,
  );
}

function remark({ message, why, thinned }: Kept<CheckpointRow>): string {
  if (thinned) return 'thinned out';
  return message ?? (why === null ? '' : `not taken: ${why}`);
}

const words: Readonly<Record<string, string>> = {
  PostToolUse: 'after a call',
  PostToolUseFailure: 'after a call',
  PreCompact: 'before compaction',
  PreToolUse: 'before a call',
  SessionEnd: 'session ended',
  SessionStart: 'session started',
  Stop: 'turn ended',
  StopFailure: 'turn failed',
  SubagentStop: 'subagent ended',
  UserPromptSubmit: 'prompt',
  manual: 'by hand',
  watch: 'by watching',
};

const when = ({ trigger }: CheckpointRow): string => words[trigger] ?? trigger.replace('before-', 'before ');

const authors: Readonly<Record<EffectRow['by'], (effect: EffectRow) => string>> = {
  operation: ({ operations }) => operations[0] ?? '',
  shared: ({ operations }) => `one of ${operations.join(', ')}`,
  clew: () => 'clew',
  user: () => 'the user',
  unknown: ({ operations }) =>
    operations.length > 0 ? `${operations.join(', ')} or the user` : 'an unknown call, or the user',
};

const innerText = ({ path, commit, tree }: InnerRepository): string =>
  `${path}  ${commit ?? 'no commit'}${tree === null ? ', its files were not taken' : ''}`;

const reasons: Readonly<Record<LeftOut['why'], string>> = {
  large: 'too large',
  unreadable: 'cannot be read',
  special: 'no file',
  'no-commit': 'a repository without a commit: its files are a checkpoint of their own',
  sha256: 'a repository with sha256: its files are a checkpoint of their own',
  repository: 'a repository whose HEAD cannot be read',
};
const leftOutText = ({ why, bytes }: LeftOut): string =>
  reasons[why] + (bytes === null ? '' : `: ${bytesText(bytes)}`);

export function checkpointLines(row: Kept<CheckpointDetail>, view: View): string[] {
  return [
    view.colour.bold(`Checkpoint ${row.id}`),
    '',
    ...factLines(
      [
        ['time', fullMoment(row.at, view.now)],
        ['project', tilde(row.root, view)],
        ['taken', when(row) + (row.late ? ', finished after the call went on' : '')],
        ['message', row.message],
        ['not taken', row.why],
        ['files', row.thinned ? 'no longer kept: thinned out' : null],
        ['session', row.session],
        ['agent run', row.run],
        ['turn', row.turn],
        ['operation', row.operation],
        ['branch', row.branch],
        ['HEAD', row.head],
        ['tree', row.tree],
        ['tokens', row.tokens === null ? null : String(row.tokens)],
      ],
      view,
    ),
    ...section(
      'Changed since the checkpoint before',
      row.effects.map(
        (effect) =>
          `${effect.kind.padEnd(6)}  ${effect.path}  ${view.colour.dim(authors[effect.by](effect))}`,
      ),
      view,
    ),
    ...section('Repositories inside', row.inner.map(innerText), view),
    ...section(
      'Left out',
      [
        ...row.leftOut.map((one) => `${one.path}  ${view.colour.dim(leftOutText(one))}`),
        ...(row.leftOutMore > 0 ? [view.colour.dim(`… and ${row.leftOutMore} more`)] : []),
      ],
      view,
    ),
  ];
}
