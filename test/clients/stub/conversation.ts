// Finds out what a request is: which step of which scenario it asks for, or one of the requests that clients make
// beside the conversation (a summary to compact with, a title, a probe). The stub keeps no conversations: a prompt
// names its scenario as [[scenario:NAME]], and the number of answers since then is the step.
import type { Scenarios, Step } from './scenario.ts';

interface Block {
  readonly type?: string;
  readonly text?: string;
}
export interface SentMessage {
  readonly role: string;
  readonly content: string | readonly Block[];
}
export interface MessagesRequest {
  readonly model?: string;
  readonly stream?: boolean;
  readonly system?: unknown;
  readonly messages?: readonly SentMessage[];
  readonly tools?: readonly { readonly name?: string }[];
  readonly metadata?: { readonly user_id?: string };
}

export type Wanted =
  | { readonly kind: 'step'; readonly scenario: string; readonly index: number; readonly step: Step }
  | { readonly kind: 'compaction' | 'title' | 'side' };

const afterTheEnd: Step = { say: 'There is nothing more to do.' };

export function whatIsWanted(
  request: MessagesRequest,
  scenarios: Scenarios,
  failed: Map<string, number>,
): Wanted {
  const turns = (request.messages ?? []).map((m) => ({
    mine: m.role === 'assistant',
    text: textOf(m.content),
  }));
  // A compaction asks within the conversation itself, so it must be looked for before the scenario's name.
  if (/detailed summary of (the|our|this) conversation/i.test(turns.at(-1)?.text ?? ''))
    return { kind: 'compaction' };
  if (/\btitle\b/i.test(JSON.stringify(request.system ?? '').slice(0, 3000)) && !request.tools?.length) {
    return { kind: 'title' };
  }
  const named = turns.findLastIndex((turn) => !turn.mine && namesIn(turn.text).length > 0);
  if (named === -1 || !request.tools?.length) return { kind: 'side' };
  const scenario = namesIn(turns[named]!.text).at(-1)!;
  const answers = turns.slice(named + 1).filter((turn) => turn.mine).length;
  return { kind: 'step', scenario, ...stepAfter(answers, scenario, scenarios[scenario] ?? [], failed) };
}

/** The step that follows so many answers. `failed` counts the errors served, which leave no trace in a request. */
function stepAfter(answers: number, scenario: string, steps: readonly Step[], failed: Map<string, number>) {
  let passed = 0;
  for (const [index, step] of steps.entries()) {
    if (step.fails) {
      const key = `${scenario}:${index}`;
      const before = failed.get(key) ?? 0;
      if (passed !== answers || before >= (step.fails.times ?? Infinity)) continue;
      failed.set(key, before + 1);
      return { index, step };
    }
    if (passed === answers) return { index, step };
    passed++;
  }
  return { index: steps.length, step: afterTheEnd };
}

const namesIn = (text: string) => [...text.matchAll(/\[\[scenario:([\w-]+)\]\]/g)].map((match) => match[1]!);

function textOf(content: string | readonly Block[]): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('\n');
}
