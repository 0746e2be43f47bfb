// What a project looks like at a moment, for whoever begins to work in it: its files, its branch, the last commits, and what it
// tells agents to heed. Nothing is written, and each part is bounded.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../model/index.ts';
import { tryGit } from './git.ts';

export interface Survey {
  /** Relative to the root, the first of them, and how many more there are. */
  readonly layout: { readonly files: readonly string[]; readonly more: number };
  readonly branch: string | null;
  /** Files that differ from the last commit. */
  readonly changed: readonly string[];
  readonly commits: readonly {
    readonly sha: string;
    readonly at: string;
    readonly author: string;
    readonly subject: string;
  }[];
  readonly instructions: readonly { readonly path: string; readonly text: string; readonly cut: boolean }[];
}

const mostFiles = 400;
const mostChanged = 50;
const mostCommits = 10;
const mostText = 8000;

/** What agents read before they begin, by the names that the agents look for. */
const instructionFiles = [
  'CLAUDE.md',
  '.claude/CLAUDE.md',
  'AGENTS.md',
  'GEMINI.md',
  '.cursorrules',
  '.windsurfrules',
  '.github/copilot-instructions.md',
] as const;

/** Of a folder without git, the layout is that of its own top. */
export function survey(root: string): Survey {
  const files = listed(root);
  return {
    layout: { files: files.slice(0, mostFiles), more: Math.max(0, files.length - mostFiles) },
    branch: line(root, 'symbolic-ref', '--quiet', '--short', 'HEAD'),
    changed: zeroEnded(root, 'diff', '--name-only', '-z', 'HEAD').slice(0, mostChanged),
    commits: commitsOf(root),
    instructions: instructionFiles.flatMap((name) => instruction(root, name)),
  };
}

/** Tracked ones and those that are new, without what git ignores. */
function listed(root: string): string[] {
  const found = zeroEnded(
    root,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  );
  if (found.length > 0 || existsSync(path.join(root, '.git'))) return found.toSorted();
  return readdirSync(root, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();
}

function commitsOf(root: string): Survey['commits'] {
  return output(root, 'log', `-${mostCommits}`, '--format=%H%x1f%cI%x1f%an%x1f%s')
    .split('\n')
    .filter(Boolean)
    .map((one) => {
      const [sha = '', at = '', author = '', subject = ''] = one.split('\u001F');
      return { sha, at: new Date(at).toISOString(), author, subject };
    });
}

function instruction(root: string, name: string): Survey['instructions'] {
  const file = path.join(root, name);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
  const text = readFileSync(file, 'utf8');
  return [{ path: name, text: text.slice(0, mostText), cut: text.length > mostText }];
}

/** Nothing where git fails: there is no repository, no commit yet, or no git. */
function output(root: string, ...args: readonly string[]): string {
  try {
    const { status, stdout } = tryGit(args, { cwd: root });
    return status === 0 ? stdout.toString() : '';
  } catch (error) {
    if (error instanceof ClewError && error.code === 'NO_GIT') return '';
    throw error;
  }
}
const line = (root: string, ...args: readonly string[]): string | null =>
  output(root, ...args).trim() || null;
const zeroEnded = (root: string, ...args: readonly string[]): string[] =>
  output(root, ...args)
    .split('\0')
    .filter(Boolean);
