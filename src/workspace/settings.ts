// The user's settings for checkpoints, as the hook reads them: shell assignments and lists of patterns below
// $CLEW_HOME/workspaces. Written when they differ, so that a change in config.json counts from the next command on.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { CheckpointSettings, Context } from '../model/index.ts';

/** The first line tells a file of this origin from one that the user wrote. */
const mark = '# From config.json; changes here are lost.\n';

const workspacesFolder = (clewHome: string): string => path.join(clewHome, 'workspaces');

/** The folder in which the state of one working tree lies. */
export const stateFolder = (clewHome: string, root: string): string =>
  path.join(workspacesFolder(clewHome), `.${root}`, '%clew');

export function writeSettings(context: Context, settings: CheckpointSettings): void {
  const folder = workspacesFolder(context.clewHome);
  put(path.join(folder, 'off'), settings.enabled === false ? '' : undefined);
  put(path.join(folder, 'limits'), linesOf(limitsOf(settings)));
  const { everywhere, projects } = patternsOf(context, settings);
  put(path.join(folder, 'include'), linesOf(everywhere));
  // A project that was named once and is no more is found by the list of those.
  const list = path.join(folder, 'included');
  for (const root of new Set([...linesIn(list), ...projects.keys()]))
    put(path.join(stateFolder(context.clewHome, root), 'include'), linesOf(projects.get(root) ?? []));
  put(list, linesOf([...projects.keys()]));
}

function limitsOf(settings: CheckpointSettings): string[] {
  const limits = {
    clew_max_file: settings.maxFileBytes,
    clew_max_files: settings.maxFiles,
    clew_max_total: settings.maxTotalBytes,
    clew_budget: settings.budgetMs,
    clew_network: settings.network === true ? 1 : undefined,
  };
  return Object.entries(limits).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}

function patternsOf(
  context: Context,
  { include = [] }: CheckpointSettings,
): { everywhere: string[]; projects: Map<string, string[]> } {
  const everywhere = include.filter((one) => typeof one === 'string');
  const projects = new Map<string, string[]>();
  for (const one of include) {
    if (typeof one === 'string') continue;
    const folder = path.resolve(context.home, one.project.replace(/^~(?=\/|$)/, context.home));
    const root = existsSync(folder) ? realpathSync(folder) : folder;
    projects.set(root, [...(projects.get(root) ?? []), ...one.paths]);
  }
  return { everywhere, projects };
}

const linesOf = (lines: readonly string[]): string | undefined =>
  lines.length === 0 ? undefined : lines.map((line) => `${line}\n`).join('');

const linesIn = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
    : [];

/** A hook that runs meanwhile sees the old file or the new. What the user wrote stays where there is no setting. */
function put(file: string, text: string | undefined): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === undefined) {
    if (before?.startsWith(mark)) rmSync(file, { force: true });
    return;
  }
  if (before === mark + text) return;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mark + text, { mode: 0o600 });
  renameSync(draft, file);
}
