// Checkpoints for agents that call no hooks: the folders of their projects are watched, and when a burst of writes has
// settled a checkpoint is taken. Only folders with files that a checkpoint holds are watched, so what git ignores costs
// nothing; a folder that is new is met by the event in the one above it.
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import path from 'node:path';
import type { Context } from './model/index.ts';
import { noteCheckpoint, objectsOf, takeTree } from './workspace/index.ts';

export interface FileWatchOptions {
  /** A burst is over when nothing was written for so long, milliseconds. */
  readonly settleMs?: number;
  /** Between two checkpoints of a project there is at least this. */
  readonly apartMs?: number;
  /** Called once for a project that cannot be checkpointed. */
  readonly onRefused?: ((root: string, why: string) => void) | undefined;
}

export interface FileWatch {
  /** The projects to watch from now on, with the session at work in each. */
  follow(projects: ReadonlyMap<string, string>): void;
  close(): void;
}

/** A project with more folders, or that the system lets not be watched whole, is looked at every so often as well. */
const mostFolders = 8_000;
const lookMs = 60_000;

interface Project {
  session: string;
  readonly watchers: Map<string, FSWatcher>;
  tree: string | undefined;
  takenAt: number;
  timer: NodeJS.Timeout | undefined;
  look: NodeJS.Timeout | undefined;
}

export function watchFiles(context: Context, options: FileWatchOptions = {}): FileWatch {
  const { settleMs = 2_000, apartMs = 10_000, onRefused } = options;
  const objects = objectsOf(context.clewHome);
  const projects = new Map<string, Project>();
  const refused = new Set<string>();

  function settle(root: string, project: Project): void {
    clearTimeout(project.timer);
    const wait = Math.max(settleMs, project.takenAt + apartMs - performance.now());
    project.timer = setTimeout(() => take(root, project), wait);
  }

  function take(root: string, project: Project): void {
    try {
      project.takenAt = performance.now();
      const tree = takeTree(context, root);
      if (tree === project.tree) return;
      noteCheckpoint(context, root, tree, { trigger: 'watch', session: project.session });
      project.tree = tree;
      if (watchFolders(root, project, tree)) settle(root, project);
    } catch (error) {
      if ((error as Error).message.endsWith(': busy')) {
        settle(root, project);
        return;
      }
      drop(root, project);
      refused.add(root);
      onRefused?.(root, (error as Error).message);
    }
  }

  /** Watches the folders of this tree; says whether there are new ones, in which something may have been missed. */
  function watchFolders(root: string, project: Project, tree: string): boolean {
    const folders = new Set([root]);
    for (const name of objects.files(tree).keys())
      for (let at = path.dirname(name); at !== '.'; at = path.dirname(at)) folders.add(path.join(root, at));
    for (const [folder, watcher] of project.watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      project.watchers.delete(folder);
    }
    let added = false;
    let isWhole = folders.size <= mostFolders;
    for (const folder of [...folders].slice(0, mostFolders)) {
      if (project.watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, (_, name) => {
          if (name !== '.git') settle(root, project);
        });
        watcher.on('error', () => {
          watcher.close();
          project.watchers.delete(folder);
        });
        project.watchers.set(folder, watcher);
        added = true;
      } catch (error) {
        // Gone meanwhile, or the system's limit on watches.
        isWhole &&= (error as NodeJS.ErrnoException).code === 'ENOENT';
      }
    }
    clearInterval(project.look);
    project.look = isWhole ? undefined : setInterval(() => settle(root, project), lookMs);
    return added;
  }

  function drop(root: string, project: Project): void {
    clearTimeout(project.timer);
    clearInterval(project.look);
    for (const watcher of project.watchers.values()) watcher.close();
    projects.delete(root);
  }

  return {
    follow(wanted) {
      for (const [root, project] of projects) if (!wanted.has(root)) drop(root, project);
      for (const [root, session] of wanted) {
        const known = projects.get(root);
        if (known) known.session = session;
        else if (!refused.has(root)) {
          const fresh: Project = {
            session,
            watchers: new Map(),
            tree: undefined,
            takenAt: -Infinity,
            timer: undefined,
            look: undefined,
          };
          projects.set(root, fresh);
          take(root, fresh);
        }
      }
    },
    close() {
      for (const [root, project] of projects) drop(root, project);
    },
  };
}
