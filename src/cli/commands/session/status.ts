// clew session status: how a session stands.
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { json } from '../../flags.ts';
import { openFresh } from '../../fresh.ts';
import { printJson } from '../../json.ts';
import { show } from '../../pager.ts';
import { harmless } from '../../render/harmless.ts';
import { reportLines } from '../../render/kept-session.ts';

export const status = defineCommand({
  summary: 'Show how a session stands',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: {
    verbose: { help: 'With its commits, its context and all that was said of it', short: 'v' },
    json,
  },
  examples: [
    ['clew session status 3f2a', 'the session whose id begins with 3f2a'],
    ['clew session status "$CLEW_SESSION_ID" --json | jq .totalTokens', 'a part of it'],
  ],
  async run(cli, { verbose, json: asJson }, [id = '']) {
    const clew = await openFresh(cli);
    const report = clew.sessionReport(id);
    if (asJson) printJson(report);
    else {
      const [context] = verbose ? clew.contextSnapshots(id) : [];
      await show(reportLines(harmless(report), verbose, context && harmless(context), viewOf(clew)));
    }
  },
});
