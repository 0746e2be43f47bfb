// The open to-do items, what is being worked on first.
import { must } from '../fit.ts';
import type { Draft } from '../fit.ts';
import { shownId } from '../story.ts';
import type { Story } from '../story.ts';
import type { Todo } from '../todos.ts';
import { codeLine, inline } from '../words.ts';

/** The share of the budget that the list may take at any rate; the items beyond it wait for room. */
const share = 0.12;

export function todoList(story: Story, todos: readonly Todo[]): Draft {
  let left = story.chars * share;
  const limit = Math.max(40, Math.min(200, Math.floor(left / Math.max(1, todos.length)) - 40));
  const lines = todos.map(({ status, content, entry }) => {
    const id = story.short(shownId(entry));
    const state = status === 'in_progress' ? ', in progress' : '';
    const text = `- [ ] ${inline(content, limit)}${state} (${codeLine(id, 60)})`;
    left -= text.length + 1;
    return { text, id, rank: left > 0 ? must.todo : 1 };
  });
  return { title: 'Open to-do items', lines, more: `clew log ${story.short(story.detail.id)} --kind todo` };
}
