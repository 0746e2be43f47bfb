// The handoff: what a person or any agent needs to go on with a session, within a budget of tokens. By rule and from
// the record alone: the same record gives the same text, offline.
import { contextAtEnd, conversationOf, idShortener, listCheckpoints } from '../query/index.ts';
import type { SessionDetail } from '../query/index.ts';
import { ClewError } from '../model/index.ts';
import { filesOf } from './files.ts';
import { fit } from './fit.ts';
import { foot, head, page } from './page.ts';
import { decisions } from './sections/decisions.ts';
import { done } from './sections/done.ts';
import { fileList } from './sections/files.ts';
import { goal } from './sections/goal.ts';
import { notes } from './sections/notes.ts';
import { standing } from './sections/standing.ts';
import { todoList } from './sections/todos.ts';
import { errorSection, testSection } from './sections/trouble.ts';
import { workedCommands } from './sections/commands.ts';
import { storyOf } from './story.ts';
import { openTodos } from './todos.ts';
import { failingTests, lastError } from './trouble.ts';
import type { Handoff, HandoffOptions } from './types.ts';

type Db = Parameters<typeof conversationOf>[0];

const defaultBudget = 4000;
/** Below this not even what must be there has room. */
const leastBudget = 500;
/** Tokens are estimated: the agents' tokenizers differ, and none is to be had offline. */
const charsPerToken = 4;
/** What the note on sections without room may take. */
const noteLength = 200;

/** Throws BAD_INPUT for a budget below 500. */
export function handoffOf(db: Db, detail: SessionDetail, options: HandoffOptions = {}): Handoff {
  const { budget = defaultBudget } = options;
  if (!Number.isInteger(budget) || budget < leastBudget)
    throw new ClewError(
      'BAD_INPUT',
      `a handoff of ${budget} tokens`,
      `give a budget from ${leastBudget} tokens on`,
    );
  const chars = budget * charsPerToken;
  const story = storyOf(detail, conversationOf(db, detail.id), idShortener(db), chars);
  const todos = openTodos(story.entries);
  const trouble = lastError(story);
  const failing = failingTests(story);
  const files = filesOf(story);
  const drafts = [
    goal(story),
    standing(story, { todos, trouble, failing }),
    notes(story),
    todoList(story, todos),
    fileList(story, files),
    errorSection(story, trouble),
    testSection(story, failing),
    decisions(story),
    done(story),
    workedCommands(story),
  ];
  const [checkpoint] = listCheckpoints(db, { session: detail.id, limit: 1 });
  const top = head(story, budget);
  const bottom = foot(story, files, checkpoint?.id, options.for);
  const sections = fit(drafts, chars - top.length - bottom.length - noteLength);
  const markdown = page(top, sections, bottom);
  return {
    session: detail.id,
    agent: detail.agent,
    status: detail.status,
    title: detail.title,
    project: detail.project,
    workspace: detail.workspace,
    branch: detail.branch,
    startedAt: detail.startedAt,
    endedAt: detail.endedAt,
    budget,
    tokens: Math.ceil(markdown.length / charsPerToken),
    contextTokens: contextAtEnd(db, detail.id),
    pending: story.pending.map(({ operation }) => operation.id),
    todos: todos.map(({ status, content }) => ({ status, content })),
    files,
    sections: sections.map(({ title, lines, leftOut }) => ({ title, lines, leftOut })),
    markdown,
  };
}
