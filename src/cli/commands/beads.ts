// clew beads sync: sessions, work and uses of skills into tables of clew's own in beads' database.
import { defineCommand } from '../command.ts';
import { json, oneOf } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmlessText } from '../render/harmless.ts';
import { many } from '../render/numbers.ts';
import { print } from '../terminal.ts';

export const beads = defineCommand({
  summary: "Write what agents did into beads' database",
  group: 'Keep',
  positionals: [{ name: 'sync', required: true, complete: ['sync'] }],
  flags: { json },
  about:
    "Makes the tables agent_sessions, agent_issue_work and agent_skill_usage in `.beads/beads.db` where they are missing, and fills them with the project's sessions, work and uses of skills. beads' own tables are not touched. Only what has changed is written. Not with Dolt, which has no place for tables of others.",
  examples: [['clew beads sync', 'for tools that read those tables']],
  async run(cli, flags, [action = '']) {
    oneOf(['sync'], action, 'clew beads');
    const clew = await openFresh(cli);
    const done = await clew.syncBeads();
    if (flags.json) printJson(done);
    else
      print([
        `${harmlessText(done.database)}: ${many(done.sessions, 'session')}, ${many(done.work, 'piece of work', 'pieces of work')} and ${many(done.skills, 'skill use')} written`,
      ]);
  },
});
