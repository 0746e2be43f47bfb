// Tool calls over a session's files: what the tool is given, and what its result holds, so that a story names only what
// happens and every patch, line number and count is right by itself.
import { structuredPatch } from 'diff';
import { conversation } from './session.mjs';

const whole = (session, file) => (file.startsWith('/') ? file : `${session.cwd}/${file}`);
const hunksOf = (before, after) => structuredPatch('a', 'b', before, after, '', '', { context: 3 }).hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({ oldStart, oldLines, newStart, newLines, lines }));

function account(session, hunks) {
  for (const line of hunks.flatMap((hunk) => hunk.lines)) {
    if (line.startsWith('+')) session.linesAdded++;
    if (line.startsWith('-')) session.linesRemoved++;
  }
}

const failed = (text, ms = 30) => ({ content: text, result: `Error: ${text}`, isError: true, ms });

/** The input is completed when the call is made: absolute paths need the session's folder. */
const call = (name, input, run) => (cwd) => ({ name, input: input(cwd), run });
const at = (cwd, file) => (file.startsWith('/') ? file : `${cwd}/${file}`);

export const read = (file, { offset, limit } = {}) =>
  call('Read', (cwd) => ({ file_path: at(cwd, file), ...(offset && { offset }), ...(limit && { limit }) }), ({ session }) => {
    const text = session.files.get(file);
    if (text === undefined) return failed('File does not exist.');
    const lines = text.replace(/\n$/, '').split('\n');
    const from = offset ?? 1;
    const shown = lines.slice(from - 1, limit ? from - 1 + limit : undefined);
    return {
      content: shown.map((line, i) => `${String(from + i).padStart(6)}→${line}`).join('\n'),
      result: { type: 'text', file: { filePath: whole(session, file), content: shown.join('\n'), numLines: shown.length, startLine: from, totalLines: lines.length } },
      ms: 12 + (text.length % 20),
    };
  });

export const edit = (file, oldString, newString) =>
  call('Edit', (cwd) => ({ file_path: at(cwd, file), old_string: oldString, new_string: newString, replace_all: false }), ({ session }) => {
    const before = session.files.get(file) ?? '';
    if (!before.includes(oldString)) return failed(`<tool_use_error>String to replace not found in file.\nString: ${oldString}</tool_use_error>`);
    const after = before.replace(oldString, () => newString);
    const hunks = hunksOf(before, after);
    account(session, hunks);
    session.files.set(file, after);
    const filePath = whole(session, file);
    return {
      content: `The file ${filePath} has been updated successfully.`,
      result: { filePath, oldString, newString, originalFile: before, structuredPatch: hunks, userModified: false, replaceAll: false },
      ms: 45,
    };
  });

export const write = (file, content) =>
  call('Write', (cwd) => ({ file_path: at(cwd, file), content }), ({ session }) => {
    const before = session.files.get(file);
    const hunks = before === undefined ? [] : hunksOf(before, content);
    account(session, before === undefined ? hunksOf('', content) : hunks);
    session.files.set(file, content);
    const filePath = whole(session, file);
    return {
      content: before === undefined ? `File created successfully at: ${filePath}` : `The file ${filePath} has been updated successfully.`,
      result: { type: before === undefined ? 'create' : 'update', filePath, content, structuredPatch: hunks, originalFile: before ?? null, userModified: false },
      ms: 50,
    };
  });

/**
 * `changes`: what the command does to files, path → new text, null for a deletion; from 2.1.329 on the client tells it.
 * `exit`: the exit code, if it is not 0. `rejected`: what the user said instead of allowing it.
 */
export const bash = (command, { description, stdout = '', stderr = '', exit = 0, ms = 300, changes = {}, rejected, interrupted = false }) =>
  call('Bash', () => ({ command, ...(description && { description }) }), ({ session }) => {
    if (rejected !== undefined) {
      const words = `The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). The user provided the following reason for the rejection: ${rejected}`;
      return { content: words, result: `Error: ${words}`, isError: true, ms, fields: { toolDenialKind: 'user-rejected', permissionDecision: { decision: 'reject', source: 'user', reasonType: 'user' } } };
    }
    const files = Object.entries(changes).map(([file, text]) => {
      const before = session.files.get(file) ?? '';
      const hunks = hunksOf(before, text ?? '');
      account(session, hunks);
      const created = !session.files.has(file);
      if (text === null) session.files.delete(file);
      else session.files.set(file, text);
      return { filePath: whole(session, file), hunks, ...(created && { created: true }), ...(text === null && { deleted: true }) };
    });
    const output = [stdout, stderr].filter(Boolean).join('\n');
    if (exit !== 0) return failed(`Exit code ${exit}\n${output}`, ms);
    const told = files.length > 0 && session.version === '2.1.329' && { bashEditDiff: { files, moreFiles: 0, changedFiles: files.map((file) => file.filePath) } };
    return { content: output, result: { stdout, stderr, interrupted, isImage: false, noOutputExpected: false, ...told }, ms };
  });

export const grep = (pattern, path, found) =>
  call('Grep', (cwd) => ({ pattern, path: at(cwd, path), output_mode: 'content', '-n': true }), () => ({
    content: found,
    result: { mode: 'content', numFiles: 0, filenames: [], content: found, numLines: found.split('\n').length },
    ms: 38,
  }));

export const glob = (pattern, filenames) =>
  call('Glob', () => ({ pattern }), ({ session }) => {
    const found = filenames.map((file) => whole(session, file));
    return { content: found.join('\n'), result: { filenames: found, durationMs: 21, numFiles: found.length, truncated: false }, ms: 21 };
  });

/** A tool whose result is text alone. */
export const other = (name, input, content, result = content, ms = 25) => call(name, () => input, () => ({ content, result, ms }));

export const ask = (questions, answers, ms) =>
  call('AskUserQuestion', () => ({ questions }), () => ({
    content: `User has answered your questions: ${Object.entries(answers).map(([q, a]) => `"${q}"="${a}"`).join(', ')}. You can now continue with the user's answers in mind.`,
    result: { questions, answers },
    ms,
  }));

/** A subagent: `story` is told with its own conversation. Where its file lies depends on the version. */
export const agent = ({ type, description, prompt, model, story, answer }) =>
  call('Agent', () => ({ subagent_type: type, description, prompt }), ({ session, id, began }) => {
    const isNested = session.version !== '2.0.77';
    const agentId = isNested ? `a${session.r.hex(16)}` : session.r.hex(8);
    const folder = isNested ? `${session.folder}/${session.id}/subagents` : session.folder;
    const own = conversation(session, { file: `${folder}/agent-${agentId}.jsonl`, model, agentId, context: 9800 });
    let uses = 0;
    own.prompt(prompt);
    story((step) => {
      uses += step.calls?.length ?? 0;
      own.step(step);
    });
    own.step({ say: answer });
    if (session.version === '2.1.329')
      session.output.set(`${folder}/agent-${agentId}.meta.json`, [
        JSON.stringify({ agentType: type, isBuiltIn: true, description, toolUseId: id, spawnDepth: 1, requestShape: 'foreground', model, finished: true }),
      ]);
    const content = [{ type: 'text', text: answer }];
    return {
      content,
      result: {
        status: 'completed', prompt, agentId, ...(isNested && { agentType: type }), content, totalDurationMs: session.now - began, totalTokens: own.context,
        totalToolUseCount: uses, ...(session.version === '2.1.329' && { resolvedModel: model }),
      },
      ms: session.now - began + 60,
    };
  });

/** The same under the name that the tool had before about 2.1.100. */
export const task = (options) => (cwd) => ({ ...agent(options)(cwd), name: 'Task' });
