// Tool calls with their results, in the mix and the sizes of real sessions.
import type { Random } from './random.ts';
import { codeLine, prose, sentence, terminalText } from './text.ts';
import type { Workspace } from './workspace.ts';
import { createFile, editFile } from './workspace.ts';

export interface Call {
  readonly name: string;
  readonly input: object;
  /** What the model sees. */
  readonly content: string;
  /** What the client keeps: `toolUseResult`. */
  readonly result: object | string;
  readonly isError: boolean;
}

type Make = (r: Random, workspace: Workspace) => Call;

const mix: readonly (readonly [weight: number, make: Make])[] = [
  [1850, bash],
  [760, read],
  [680, edit],
  [300, grep],
  [190, task],
  [58, glob],
  [60, write],
  [26, fetch],
];
const total = mix.reduce((sum, [weight]) => sum + weight, 0);

export function makeCall(r: Random, workspace: Workspace): Call {
  let at = r.int(total);
  for (const [weight, make] of mix) {
    at -= weight;
    if (at < 0) return r.chance(0.045) ? fails(r, workspace, make(r, workspace)) : make(r, workspace);
  }
  return bash(r, workspace);
}

function fails(r: Random, { vocabulary }: Workspace, call: Call): Call {
  const text = `Exit code ${r.between(1, 3)}\n${terminalText(r, vocabulary, r.size(250, 1))}`;
  return { ...call, content: text, result: `Error: ${text}`, isError: true };
}

function bash(r: Random, { root, vocabulary: v }: Workspace): Call {
  const target = `src/${r.common(v.files)}`;
  const command = r.pick([
    () => `cd ${root} && npx vitest run ${target} 2>&1 | tail -${r.between(10, 60)}`,
    () => `git diff --stat HEAD~${r.between(1, 5)} -- ${target}`,
    () => `git log --oneline -${r.between(5, 30)}`,
    () => `sed -n '${r.int(400)},${r.between(401, 600)}p' ${target}/${r.common(v.files)}.ts`,
    () => `rg -n "${r.common(v.functions)}|${r.common(v.types)}" ${target} | head -${r.between(10, 50)}`,
    () => `git add -A && git commit -m "${sentence(r)}\n\n${prose(r, v, r.size(300, 0.8))}"`,
    () => `node -e "${Array.from({ length: r.between(2, 15) }, () => codeLine(r, v, 1)).join('\n')}"`,
    () => `npx tsc --noEmit && npm run lint`,
  ])();
  const stdout = terminalText(r, v, Math.min(r.size(420, 1.5), 28_000));
  return {
    name: 'Bash',
    input: { command, description: sentence(r) },
    content: stdout,
    result: { stdout, stderr: '', interrupted: false, isImage: false, noOutputExpected: false },
    isError: false,
  };
}

function read(r: Random, workspace: Workspace): Call {
  const file = r.chance(0.25) ? workspace.focus : r.common(workspace.files);
  const all = file.lines.length;
  const limit = r.chance(0.4) ? all : Math.min(r.size(90, 0.8), all);
  const start = r.int(all - limit + 1);
  const lines = file.lines.slice(start, start + limit);
  return {
    name: 'Read',
    input: limit === all ? { file_path: file.path } : { file_path: file.path, offset: start + 1, limit },
    content: lines.map((line, i) => `${String(start + i + 1).padStart(6)}→${line}`).join('\n'),
    result: {
      type: 'text',
      file: {
        filePath: file.path,
        content: lines.join('\n'),
        numLines: lines.length,
        startLine: start + 1,
        totalLines: all,
      },
    },
    isError: false,
  };
}

function edit(r: Random, workspace: Workspace): Call {
  const { path, oldString, newString, originalFile, hunk } = editFile(r, workspace);
  return {
    name: 'Edit',
    input: { replace_all: false, file_path: path, old_string: oldString, new_string: newString },
    content: `The file ${path} has been updated successfully.`,
    result: {
      filePath: path,
      oldString,
      newString,
      originalFile,
      structuredPatch: [hunk],
      userModified: false,
      replaceAll: false,
    },
    isError: false,
  };
}

function write(r: Random, workspace: Workspace): Call {
  const file = createFile(r, workspace);
  const content = file.lines.join('\n');
  return {
    name: 'Write',
    input: { file_path: file.path, content },
    content: `File created successfully at: ${file.path}`,
    result: {
      type: 'create',
      filePath: file.path,
      content,
      structuredPatch: [],
      originalFile: null,
      userModified: false,
    },
    isError: false,
  };
}

function grep(r: Random, workspace: Workspace): Call {
  const pattern = r.common(workspace.vocabulary.functions);
  const lines: string[] = [];
  for (let left = r.size(6, 1.4); left > 0 && lines.length < 150;) {
    const file = r.common(workspace.files);
    for (let run = r.between(1, 6); run > 0; run--, left--) {
      const at = r.int(file.lines.length);
      lines.push(`${file.path}:${at + 1}:${file.lines[at] ?? ''}`);
    }
  }
  const content = lines.join('\n');
  return {
    name: 'Grep',
    input: { pattern, path: workspace.root, output_mode: 'content', '-n': true },
    content,
    result: { mode: 'content', numFiles: 0, filenames: [], content, numLines: lines.length },
    isError: false,
  };
}

function glob(r: Random, workspace: Workspace): Call {
  const filenames = workspace.files.slice(0, r.between(1, 60)).map((file) => file.path);
  return {
    name: 'Glob',
    input: { pattern: `src/${r.common(workspace.vocabulary.files)}/**/*.ts` },
    content: filenames.join('\n'),
    result: { filenames, durationMs: r.int(400), numFiles: filenames.length, truncated: false },
    isError: false,
  };
}

function task(r: Random): Call {
  const taskId = String(r.between(1, 20));
  return {
    name: 'TaskUpdate',
    input: { taskId, status: r.pick(['in_progress', 'completed']) },
    content: `Updated task #${taskId} status`,
    result: {
      success: true,
      taskId,
      updatedFields: ['status'],
      statusChange: { from: 'pending', to: 'completed' },
    },
    isError: false,
  };
}

function fetch(r: Random, { vocabulary: v }: Workspace): Call {
  const result = prose(r, v, r.size(2500, 1.2));
  const url = `https://docs.example.com/${r.common(v.files)}/${r.common(v.files)}`;
  return {
    name: 'WebFetch',
    input: { url, prompt: sentence(r) },
    content: result,
    result: { bytes: result.length * 6, code: 200, codeText: 'OK', result, durationMs: r.int(9000), url },
    isError: false,
  };
}
