// clew event: records an event of the activity log, or many from stdin.
import { createInterface } from 'node:readline';
import { eventTypeNames, isEventType } from '../../model/events/index.ts';
import type { Clew, NewEvent } from '../../index.ts';
import { ClewError } from '../../model/index.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { fieldLines, readEventWords } from '../event-fields.ts';
import { nearest } from '../suggest.ts';
import { harmlessText } from '../render/harmless.ts';
import { note, print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export const event = defineCommand({
  summary: 'Record an event of the activity log',
  group: 'Record',
  positionals: [
    { name: 'type', complete: eventTypeNames },
    { name: '--field value', many: true },
  ],
  flags: {
    json: { help: 'The event, or what is not given by flags, as a JSON object', value: 'JSON' },
    parent: { help: 'The event that this one came of, by its id', value: 'ID' },
    session: {
      help: 'Of this session; else that in CLEW_SESSION_ID, else session_default',
      value: 'SESSION',
    },
  },
  passThrough: true,
  about: `Types: ${eventTypeNames.join(', ')}. Their fields are flags, --file-path for file_path; lists are given by repeating the flag, objects as JSON; \`clew event <type> --help\` lists them. Without a type and --json, each line of stdin is an event. Prints the id of each event once it is kept; what is wrong is named field by field, and nothing of that event is recorded.`,
  examples: [
    [
      'clew event error --agent tester --error-type TypeError --error-message "x is undefined" --context "{}"',
      'one',
    ],
    [
      'clew event decision --agent planner --question "Which parser?" --options own --options bought --selected own --rationale "better errors"',
      'a decision',
    ],
    [
      'clew event task.started --json \'{"task_id": "T-1", "task_name": "Parser", "stage": "plan"}\'',
      'as JSON',
    ],
    ['clew event --session 3f2a < events.jsonl', 'many, a line each'],
  ],
  async run(cli, _, words) {
    const [first = ''] = words;
    const type = first.startsWith('--') || first === '' ? undefined : typeNamed(first);
    const rest = type === undefined ? words : words.slice(1);
    if (type !== undefined && (rest[0] === '--help' || rest[0] === '-h')) return print(fieldLines(type));
    const { event: given, parent, session: named } = readEventWords(type, rest);
    const clew = await cli.open();
    const options = { parent, session: await wholeId(cli, clew, named) };
    const isAlone = Object.keys(given).length > 0;
    if (isAlone) return print([clew.recordEvent(given as NewEvent, options)]);
    return recordLines(clew, options);
  },
});

function typeNamed(word: string): (typeof eventTypeNames)[number] {
  if (isEventType(word)) return word;
  const near = nearest(word, eventTypeNames);
  throw new UsageError(
    `there is no event type "${word}"`,
    near ? `did you mean ${near}?` : `it can be: ${eventTypeNames.join(', ')}`,
  );
}

const whole = /^session_|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Sessions of which clew knows nothing yet can be named only as a whole. */
async function wholeId(cli: Cli, clew: Clew, named: string | undefined): Promise<string | undefined> {
  if (named === undefined || whole.test(named)) return named;
  const { takeIn } = await import('../fresh.ts');
  await takeIn(cli, clew);
  return clew.session(named).id;
}

/** Each line by itself: what was acknowledged is kept, whatever the others hold. */
async function recordLines(
  clew: Clew,
  options: { readonly parent: string | undefined; readonly session: string | undefined },
): Promise<number> {
  if (process.stdin.isTTY) note('each line is an event, as JSON; Ctrl-D ends');
  let line = 0;
  let wrong = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    try {
      print([clew.recordEvent(objectOn(text), options)]);
    } catch (error) {
      if (!(error instanceof ClewError) || error.code !== 'BAD_INPUT') throw error;
      wrong++;
      for (const problem of error.message.split('\n')) note(harmlessText(`line ${line}: ${problem}`));
    }
  }
  if (wrong > 0)
    note(`clew: ${wrong} of ${line} lines were not recorded; docs/events.md has the types and their fields`);
  return wrong > 0 ? 1 : 0;
}

function objectOn(text: string): NewEvent {
  const bad = (why: string): ClewError =>
    new ClewError('BAD_INPUT', why, 'give an event as JSON on each line');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as NewEvent;
  } catch {
    throw bad('no JSON');
  }
  throw bad('no JSON object');
}
