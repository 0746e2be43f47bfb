// clew export: a session as a document.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import { defineCommand } from '../command.ts';
import { choice } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { harmlessText } from '../render/harmless.ts';
import { isTerminal, note } from '../terminal.ts';

const formats = ['json', 'jsonl', 'markdown', 'html', 'activity-log'] as const;
const endings: Readonly<Record<string, (typeof formats)[number]>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.md': 'markdown',
  '.html': 'html',
};

export const exportCommand = defineCommand({
  summary: 'Write a session as JSON, JSONL, Markdown or HTML',
  group: 'Look',
  positionals: [{ name: 'session', required: true, complete: 'session' }],
  flags: {
    format: choice(formats, 'How to write it; without this, what the ending of FILE says, or markdown'),
    output: { help: 'Write to this file, not to the terminal', value: 'FILE', short: 'o' },
  },
  about:
    'json is the session with its timeline, jsonl the records as the agent wrote them (secrets replaced), markdown and html are for reading, activity-log is its events (`clew events`) as a log of them.',
  examples: [
    ['clew export 3f2a --output login.html', 'a page that stands alone'],
    ['clew export 3f2a --format markdown | less', 'to read'],
    ['clew export 3f2a --format jsonl > session.jsonl', 'the records'],
  ],
  async run(cli, flags, [session = '']) {
    const clew = await openFresh(cli);
    const text = clew.export(
      session,
      flags.format ?? endings[path.extname(flags.output ?? '')] ?? 'markdown',
    );
    const whole = text.endsWith('\n') ? text : `${text}\n`;
    if (flags.output === undefined) process.stdout.write(isTerminal() ? harmlessText(whole) : whole);
    else {
      write(flags.output, whole);
      note(`wrote ${flags.output}`);
    }
  },
});

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ClewError(
      'UNREADABLE',
      `${file} cannot be written: ${(error as Error).message}`,
      'name another file',
      { cause: error },
    );
  }
}
