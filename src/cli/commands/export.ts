// clew export: a session as a document.
import path from 'node:path';
import type { ExportFormat } from '../../index.ts';
import { defineCommand } from '../command.ts';
import { choice } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { jsonText } from '../json.ts';
import { harmlessText } from '../render/harmless.ts';
import { isTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { writeFile } from '../write-file.ts';

const formats = ['json', 'jsonl', 'markdown', 'html', 'activity-log', 'agent-trace'] as const;
const endings: Readonly<Record<string, ExportFormat>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.md': 'markdown',
  '.html': 'html',
};

export const exportCommand = defineCommand({
  summary: 'Write a session as JSON, JSONL, Markdown or HTML; or who wrote what as Agent Trace',
  group: 'Look',
  positionals: [{ name: 'session|range', complete: 'session' }],
  flags: {
    format: choice(formats, 'How to write it; without this, what the ending of FILE says, or markdown'),
    output: { help: 'Write to this file, not to the terminal', value: 'FILE', short: 'o' },
  },
  about:
    'json is the session with its timeline, jsonl the records as the agent wrote them (secrets replaced; lines made of them, where it keeps a document or a database), or what was recorded of a session kept by hand, markdown and html are for reading, activity-log is its events (`clew events`) as a log of them. agent-trace takes commits, as git names a range, in place of a session, and writes for each of them a record of the Agent Trace specification on a line: who wrote which lines.',
  examples: [
    ['clew export 3f2a --output login.html', 'a page that stands alone'],
    ['clew export 3f2a --format markdown | less', 'to read'],
    ['clew export 3f2a --format jsonl > session.jsonl', 'the records'],
    ['clew export --format agent-trace main..HEAD', 'which lines of these commits agents have written'],
  ],
  async run(cli, flags, [given]) {
    const format = flags.format ?? endings[path.extname(flags.output ?? '')] ?? 'markdown';
    if (given === undefined && format !== 'agent-trace')
      throw new UsageError('export needs a session', '`clew sessions` lists them');
    const clew = await openFresh(cli);
    const text =
      format === 'agent-trace'
        ? clew
            .agentTrace(given)
            .map((record) => `${jsonText(record)}\n`)
            .join('')
        : clew.export(given ?? '', format);
    const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    if (flags.output === undefined) process.stdout.write(isTerminal() ? harmlessText(whole) : whole);
    else writeFile(flags.output, whole);
  },
});
