// What somebody who takes up a session must be told, listed from the transcripts themselves: no line of clew's reading
// is used. Slow and obvious, as it is what handoffs are measured by.
import { isObject, transcripts } from './counter/files.ts';
import type { Json } from './counter/files.ts';

export interface Fact {
  readonly session: string;
  readonly kind: 'file' | 'todo' | 'error' | 'instruction' | 'branch';
  readonly text: string;
}

/** All facts of all sessions below a folder of transcripts. */
export function factsBelow(projects: string): Fact[] {
  const records = new Map<string, { main: Json[]; others: Json[] }>();
  for (const { session, subagent, lines } of transcripts(projects)) {
    const known = records.get(session) ?? { main: [], others: [] };
    (subagent ? known.others : known.main).push(...lines.map((line) => line.record));
    records.set(session, known);
  }
  return [...records].flatMap(([session, { main, others }]) => [
    ...[...new Set([...changedFiles(main), ...changedFiles(others)])].map((text): Fact => ({
      session,
      kind: 'file',
      text,
    })),
    ...openTodos(main).map((text): Fact => ({ session, kind: 'todo', text })),
    ...lastOf('error', session, errors(main)),
    ...lastOf('instruction', session, instructions(main)),
    ...lastOf('branch', session, main.map((record) => text(record['gitBranch'])).filter(Boolean)),
  ]);
}

const lastOf = (kind: Fact['kind'], session: string, all: readonly string[]): Fact[] =>
  all.length === 0 ? [] : [{ session, kind, text: all.at(-1) ?? '' }];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const blocks = (record: Json): Json[] => {
  const content = isObject(record['message']) ? record['message']['content'] : undefined;
  return Array.isArray(content) ? content.filter(isObject) : [];
};
const results = (records: readonly Json[]): Json[] =>
  records
    .filter((record) => record['type'] === 'user')
    .flatMap((record) => blocks(record).filter((block) => block['type'] === 'tool_result'));

/** Calls that have a result which is no error, in the order of their results. */
function calls(records: readonly Json[]): { name: string; input: Json; result: Json }[] {
  const asked = new Map<string, Json>();
  for (const record of records)
    if (record['type'] === 'assistant')
      for (const block of blocks(record))
        if (block['type'] === 'tool_use') asked.set(text(block['id']), block);
  return results(records).flatMap((result) => {
    const call = asked.get(text(result['tool_use_id']));
    if (!call || result['is_error'] === true) return [];
    return [{ name: text(call['name']), input: isObject(call['input']) ? call['input'] : {}, result }];
  });
}

function changedFiles(records: readonly Json[]): string[] {
  const edited = calls(records)
    .filter(({ name }) => ['Edit', 'MultiEdit', 'Write', 'NotebookEdit'].includes(name))
    .map(({ input }) => text(input['file_path']) || text(input['notebook_path']));
  const byShell = records.flatMap((record) => {
    const told = isObject(record['toolUseResult']) ? record['toolUseResult']['bashEditDiff'] : undefined;
    return isObject(told) && Array.isArray(told['changedFiles']) ? told['changedFiles'].map(text) : [];
  });
  return [...edited, ...byShell].filter(Boolean);
}

function openTodos(records: readonly Json[]): string[] {
  let list: Json[] = [];
  const tasks = new Map<string, { subject: string; status: string }>();
  for (const { name, input, result } of calls(records)) {
    if (name === 'TodoWrite' && Array.isArray(input['todos'])) list = input['todos'].filter(isObject);
    if (name === 'TaskCreate') {
      const id = /#(\d+)/.exec(JSON.stringify(result['content']))?.[1];
      if (id !== undefined) tasks.set(id, { subject: text(input['subject']), status: 'pending' });
    }
    const task = name === 'TaskUpdate' ? tasks.get(text(input['taskId'])) : undefined;
    if (task) {
      task.status = text(input['status']) || task.status;
      task.subject = text(input['subject']) || task.subject;
    }
  }
  const items = list.map((item) => ({ subject: text(item['content']), status: text(item['status']) }));
  return [...items, ...tasks.values()]
    .filter(({ status }) => status !== 'completed' && status !== 'deleted')
    .map(({ subject }) => subject);
}

const errors = (records: readonly Json[]): string[] =>
  results(records)
    .filter((result) => result['is_error'] === true)
    .map(({ content }) =>
      Array.isArray(content) ? content.map((block: Json) => text(block['text'])).join('\n') : text(content),
    );

/** What the client writes into the conversation by itself begins so. */
const notTyped =
  /^\s*(?:<(?:command-|local-command|bash-|system-reminder|task-notification|user-memory)|\[Request interrupted|Caveat: The messages below)/;

const instructions = (records: readonly Json[]): string[] =>
  records
    .filter(
      (record) =>
        record['type'] === 'user' &&
        record['isMeta'] !== true &&
        record['isCompactSummary'] !== true &&
        record['isSidechain'] !== true &&
        record['promptSource'] !== 'system' &&
        !blocks(record).some((block) => block['type'] === 'tool_result'),
    )
    .map((record) => {
      const content = isObject(record['message']) ? record['message']['content'] : '';
      return typeof content === 'string'
        ? content
        : blocks(record)
            .map((block) => text(block['text']))
            .join('\n');
    })
    .filter((words) => words.trim() !== '' && !notTyped.test(words));

/** Whether a handoff tells a fact. Of long texts, its beginning must be there, and of an error its end too. */
export function tells(handoff: string, fact: Fact): boolean {
  const bare = (words: string): string =>
    words
      .replaceAll(/<\/?tool_use_error>/g, '')
      .replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '')
      .replaceAll(/[\s\\`]+/g, ' ')
      .trim();
  const page = bare(handoff);
  if (fact.kind === 'file') return tellsFile(handoff, fact.text);
  if (fact.kind === 'todo') return page.includes(bare(fact.text).slice(0, 100));
  if (fact.kind === 'branch') return page.includes(bare(fact.text));
  const words = bare(fact.text);
  return page.includes(words.slice(0, 250)) && (fact.kind !== 'error' || page.includes(words.slice(-150)));
}

/** A path stands on a line as a whole from the workspace down, or as a name behind its folder. */
function tellsFile(handoff: string, file: string): boolean {
  const named = (name: string): string | undefined => new RegExp(`^${name}: (".*")$`, 'm').exec(handoff)?.[1];
  const workspace = JSON.parse(named('workspace') ?? named('project') ?? '""') as string;
  const within =
    workspace !== '' && file.startsWith(`${workspace}/`) ? file.slice(workspace.length + 1) : file;
  const folder = within.slice(0, within.lastIndexOf('/') + 1) || './';
  const name = within.slice(within.lastIndexOf('/') + 1);
  return handoff
    .split('\n')
    .some(
      (line) =>
        line.includes(`\`${within}\``) ||
        (line.startsWith(`- \`${folder}\`:`) && line.includes(`\`${name}\``)),
    );
}
