// How each kind of entry is marked in a timeline, and how much of its text is shown unless all of it is asked for.
import type { EntryKind } from '../../index.ts';
import type { View } from './view.ts';

type Colour = 'cyan' | 'green' | 'yellow' | 'red' | 'magenta' | 'dim' | 'bold';

export interface KindStyle {
  readonly mark: string;
  /** Of the mark. */
  readonly colour: Colour;
  /** Of the text. */
  readonly text?: Colour;
  readonly lines: number;
}

export const kindStyles: Readonly<Record<EntryKind, KindStyle>> = {
  prompt: { mark: '❯', colour: 'cyan', text: 'bold', lines: 12 },
  command: { mark: '/', colour: 'cyan', text: 'bold', lines: 4 },
  shell: { mark: '!', colour: 'cyan', text: 'bold', lines: 4 },
  notification: { mark: '⚑', colour: 'dim', text: 'dim', lines: 2 },
  agent_prompt: { mark: '↳', colour: 'magenta', lines: 4 },
  answer: { mark: '•', colour: 'bold', lines: 12 },
  thinking: { mark: '∴', colour: 'dim', text: 'dim', lines: 2 },
  operation: { mark: '▸', colour: 'green', lines: 1 },
  change: { mark: '±', colour: 'green', lines: 1 },
  error: { mark: '✗', colour: 'red', text: 'red', lines: 4 },
  api_error: { mark: '✗', colour: 'red', text: 'red', lines: 4 },
  compaction: { mark: '≡', colour: 'yellow', text: 'yellow', lines: 2 },
  skill: { mark: '✦', colour: 'magenta', lines: 1 },
  todo: { mark: '☐', colour: 'dim', text: 'dim', lines: 8 },
  permission: { mark: '?', colour: 'yellow', lines: 2 },
  plan: { mark: '¶', colour: 'magenta', lines: 12 },
  decision: { mark: '?', colour: 'magenta', lines: 8 },
  commit: { mark: '◆', colour: 'green', lines: 1 },
  pull_request: { mark: '⇄', colour: 'green', lines: 1 },
  attachment: { mark: '+', colour: 'dim', text: 'dim', lines: 1 },
  interruption: { mark: '■', colour: 'yellow', text: 'yellow', lines: 1 },
  retry: { mark: '↻', colour: 'yellow', text: 'dim', lines: 1 },
  action: { mark: '↶', colour: 'yellow', text: 'bold', lines: 2 },
  note: { mark: '·', colour: 'dim', text: 'dim', lines: 2 },
};

/** Words in place of marks, where there is room for a column of them. */
export const kindName = (kind: EntryKind): string => kind.replaceAll('_', ' ');

export const paint = (view: View, colour: Colour | undefined, text: string): string =>
  colour === undefined ? text : view.colour[colour](text);
