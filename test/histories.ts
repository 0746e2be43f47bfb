// Random histories of a project against a simple model of its files: after any sequence of an agent's operations, the
// user's own changes, undos, redos, restores and kills in the middle of them, every state that was there at a checkpoint
// can be reached again, byte for byte and with modes.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { filesBelow, testProject } from './support/project.ts';
import type { TestProject } from './support/project.ts';
import { program } from './support/program.ts';

/** Names that collide as file and folder, and that are no plain words. */
const names = ['a', 'b', 'd/x', 'd/y', 'd', 'e e', 'ü\n1', '-f'] as const;
const name = fc.constantFrom(...names);

type Edit =
  | { readonly do: 'write'; readonly name: string; readonly text: string; readonly executable: boolean }
  | { readonly do: 'line'; readonly name: string; readonly line: number; readonly text: string }
  | { readonly do: 'delete'; readonly name: string }
  | { readonly do: 'move'; readonly name: string; readonly to: string }
  | { readonly do: 'link'; readonly name: string; readonly to: string };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    name,
    text: fc.constantFrom('', 'one\n', '1\n2\n3\n4\n5\n6\n', 'no end', '\u0000\u0001binary'),
    executable: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('line' as const),
    name,
    line: fc.nat(5),
    text: fc.constantFrom('x', 'y', 'z'),
  }),
  fc.record({ do: fc.constant('delete' as const), name }),
  fc.record({ do: fc.constant('move' as const), name, to: name }),
  fc.record({ do: fc.constant('link' as const), name, to: name }),
);

type Event =
  | { readonly is: 'operation' | 'user'; readonly edits: readonly Edit[] }
  | { readonly is: 'undo'; readonly which: number; readonly theirs: boolean }
  | { readonly is: 'redo' }
  | { readonly is: 'restore'; readonly which: number; readonly clean: boolean }
  | { readonly is: 'killed'; readonly which: number; readonly afterMs: number };

const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ is: fc.constant('operation' as const), edits }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('user' as const), edits }) },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('undo' as const), which: fc.nat(9), theirs: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('redo' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('restore' as const), which: fc.nat(30), clean: fc.boolean() }),
  },
);
const killed: fc.Arbitrary<Event> = fc.record({
  is: fc.constant('killed' as const),
  which: fc.nat(30),
  afterMs: fc.integer({ min: 60, max: 420 }),
});

/** As `printf %b` takes it. */
const escaped = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');

/** Does an edit to the model and to the folder; what is impossible is passed over by both. */
function apply(project: TestProject, model: Map<string, string>, one: Edit): void {
  const free = (wanted: string): boolean =>
    [...model.keys()].every((other) => !other.startsWith(`${wanted}/`) && !wanted.startsWith(`${other}/`));
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const file = quoted(`./${one.name}`);
  const made = (at: string): string => `mkdir -p "$(dirname ${at}x)"`;
  // An empty folder in the way is nothing to git, but it is to the shell.
  const clear = `find . -depth -type d -empty -not -path './.git*' -not -path . -delete; `;
  if (one.do === 'write' && free(one.name)) {
    const bytes = escaped(one.text);
    project.sh(
      `${clear}${made(file)}; rm -f ${file}; printf '%b' '${bytes}' > ${file}; chmod ${one.executable ? '+x' : '-x'} ${file}`,
    );
    model.set(one.name, `${one.executable ? 'x' : '-'} ${one.text}`);
  } else if (one.do === 'line' && model.get(one.name)?.match(/^[x-] /)) {
    const [mode = '', text = ''] = [model.get(one.name)?.slice(0, 2), model.get(one.name)?.slice(2)];
    if (text.includes('\0')) return;
    const lines = text.split('\n');
    if (one.line >= lines.length - 1) return;
    lines[one.line] = one.text;
    const bytes = escaped(lines.join('\n'));
    project.sh(`printf '%b' '${bytes}' > ${file}`);
    model.set(one.name, mode + lines.join('\n'));
  } else if (one.do === 'delete' && model.has(one.name)) {
    project.sh(`rm ${file}`);
    model.delete(one.name);
  } else if (
    one.do === 'move' &&
    model.has(one.name) &&
    !model.has(one.to) &&
    free(one.to) &&
    one.to !== one.name
  ) {
    const to = quoted(`./${one.to}`);
    project.sh(`${clear}${made(to)}; mv ${file} ${to}`);
    model.set(one.to, model.get(one.name) ?? '');
    model.delete(one.name);
  } else if (one.do === 'link' && free(one.name)) {
    project.sh(`${clear}${made(file)}; rm -f ${file}; ln -s -- ${quoted(one.to)} ${file}`);
    model.set(one.name, `-> ${one.to}`);
  }
}

const modelOf = (project: TestProject): Map<string, string> => new Map(Object.entries(project.files()));
const sorted = (model: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...model].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Runs the histories. `kills`: some undos and restores are ended by SIGKILL in the middle. */
export async function checkHistories(numRuns: number, kills: boolean): Promise<void> {
  const one = kills ? fc.oneof({ weight: 12, arbitrary: event }, { weight: 2, arbitrary: killed }) : event;
  await fc.assert(fc.asyncProperty(fc.array(one, { minLength: 3, maxLength: 10 }), runHistory), {
    numRuns,
    endOnFailure: true,
  });
}

async function runHistory(events: readonly Event[]): Promise<void> {
  const project = testProject();
  const { clew, root } = project;
  const operations: string[] = [];
  /** What the files were at each checkpoint. */
  const states: { id: string; files: Record<string, string> }[] = [];
  let model = modelOf(project);
  const note = async (message?: string): Promise<void> => {
    expect(project.files()).toEqual(sorted(model));
    const { id } = await clew.takeCheckpoint({ message });
    states.push({ id, files: sorted(model) });
  };
  await note();
  for (const [i, one] of events.entries()) {
    switch (one.is) {
      case 'operation': {
        const operation = `op${i}`;
        const call = { tool_name: 'Bash', tool_input: { command: operation }, tool_use_id: operation };
        project.hook('PreToolUse', call);
        for (const what of one.edits) apply(project, model, what);
        project.hook('PostToolUse', call);
        await clew.import();
        if (clew.effects(operation).length > 0) operations.push(operation);
        break;
      }
      case 'user':
        for (const what of one.edits) apply(project, model, what);
        break;
      case 'undo': {
        const operation = operations[one.which % Math.max(1, operations.length)];
        if (operation === undefined) break;
        const wasLast = operations.at(-1) === operation;
        const before = project.files();
        const done = await clew.undo(operation, { onOverlap: one.theirs ? 'theirs' : 'stop' });
        if (done.done) {
          // The state that was noted is the one on the disk.
          expect((await clew.takeCheckpoint()).changed).toBe(0);
          // Undone and brought back it is as before.
          const undone = project.files();
          if (wasLast && done.conflicts.length === 0) {
            await clew.redo();
            expect(project.files()).toEqual(before);
            await clew.undo(operation, { onOverlap: one.theirs ? 'theirs' : 'stop' });
            expect(project.files()).toEqual(undone);
          }
        } else expect(project.files()).toEqual(before);
        model = modelOf(project);
        break;
      }
      case 'redo':
        await clew.redo().catch((error: unknown) => expect(error).toMatchObject({ code: 'NOT_FOUND' }));
        model = modelOf(project);
        break;
      case 'restore': {
        const state = states[one.which % states.length];
        if (state) await restore(project, state, one.clean);
        model = modelOf(project);
        break;
      }
      case 'killed': {
        const state = states[one.which % states.length];
        if (!state) break;
        await restoreKilled(project, state.id, one.afterMs);
        // The next command finishes what was begun, or nothing was.
        await clew.import();
        model = modelOf(project);
        break;
      }
    }
    await note();
  }
  for (const state of states.toReversed()) await restore(project, state, true);
  clew.close();
  rmSync(path.dirname(path.dirname(root)), { recursive: true, force: true });
}

async function restore(
  project: TestProject,
  state: { readonly id: string; readonly files: Record<string, string> },
  clean: boolean,
): Promise<void> {
  const before = project.files();
  const { kept, left } = await project.clew.restore(state.id, { clean });
  expect(left).toEqual([]);
  expect((await project.clew.takeCheckpoint()).changed).toBe(0);
  const expected = { ...state.files, ...Object.fromEntries(kept.map((one) => [one, before[one] ?? ''])) };
  expect(filesBelow(project.root)).toEqual(expected);
}

function restoreKilled(project: TestProject, id: string, afterMs: number): Promise<void> {
  const { home, clewHome } = project.context;
  const env = { PATH: process.env['PATH'], HOME: home, CLEW_HOME: clewHome };
  const child = spawn(process.execPath, [program, 'restore', id, '--clean'], {
    cwd: project.root,
    env,
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  return new Promise((resolve) => {
    child.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
