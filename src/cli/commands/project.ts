// clew project: the summary of a project.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { choice, json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { projectLines } from '../render/summaries.ts';
import { print } from '../terminal.ts';

export const project = defineCommand({
  summary: 'Summarise a project: this month, week or day',
  group: 'Look',
  positionals: [{ name: 'project' }],
  flags: {
    period: choice(['day', 'week', 'month'], 'How much of it; the month, if left out'),
    timezone: { help: 'Whose days: a name such as Europe/Berlin', value: 'ZONE' },
    json,
  },
  about:
    'The project is named by a part of its path; without one, it is that of the current folder, or else the latest.',
  examples: [
    ['clew project', 'where you are, this month'],
    ['clew project api --period week', 'the project with "api" in its path'],
    ['clew project --json', 'for scripts'],
  ],
  async run(cli, { period, timezone, json: asJson }, [name]) {
    const clew = await openFresh(cli);
    const summary = clew.projectSummary({ project: name, period, timezone });
    if (asJson) printJson(summary);
    else print(projectLines(harmless(summary), viewOf(clew)));
  },
});
