// clew doctor: whether everything is in order, and what to do where it is not.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { doctorLines } from '../render/doctor.ts';
import { harmless } from '../render/harmless.ts';
import { print } from '../terminal.ts';

export const doctor = defineCommand({
  summary: 'Look whether everything is in order',
  group: 'Set up',
  positionals: [],
  flags: { json },
  about: 'The exit code is 1 where a check fails.',
  examples: [
    ['clew doctor', 'look'],
    ['clew doctor --json | jq .hooks', 'whether the hooks fire'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const report = await clew.doctor();
    if (flags.json) printJson(report);
    else print(doctorLines(harmless(report), viewOf(clew)));
    return report.checks.some((check) => check.ok === 'fail') ? 1 : 0;
  },
});
