// clew log: the timeline of a session, once or live.
import type { Clew, SessionDetail, Timeline, TimelineEntry } from '../../index.ts';
import { ClewError } from '../../model/index.ts';
import { viewOf } from '../cli.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, kind } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson, printJsonLine } from '../json.ts';
import { show } from '../pager.ts';
import { factLines } from '../render/facts.ts';
import { harmless } from '../render/harmless.ts';
import { tilde } from '../render/path.ts';
import { runNames } from '../render/runs.ts';
import { untitled } from '../render/session-table.ts';
import { createTimelineRenderer } from '../render/timeline.ts';
import type { TimelineStyle } from '../render/timeline.ts';
import { wrap } from '../render/width.ts';
import { print } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';

export const log = defineCommand({
  summary: 'Show what was said and done in a session, in order',
  group: 'Look',
  positionals: [{ name: 'session', complete: 'session' }],
  flags: {
    follow: { help: 'Go on with what comes, until Ctrl-C', short: 'f' },
    kind,
    run: { help: 'Only this agent run', value: 'ID' },
    full: { help: 'All of every text' },
    ids: { help: 'Show the ids of turns and operations, for `clew show`' },
    json,
  },
  about:
    'Without a session, the one in which something happened last. Subagents are indented below what started them.',
  examples: [
    ['clew log', 'the latest session'],
    ['clew log 3f2a --kind prompt,answer', 'only what was said'],
    ['clew log --follow', 'live'],
    ['clew log 3f2a --follow --json', 'live, one JSON entry on each line'],
  ],
  async run(cli, flags, [given]) {
    const clew = await openFresh(cli);
    const session = given ?? latest(clew, cli);
    const options = { run: flags.run, kinds: flags.kind };
    const look = { full: flags.full, ids: flags.ids };
    if (flags.follow) {
      const tell = flags.json ? printJsonLine : liveLines(clew, session, look);
      // What is there already comes first, then what comes.
      await untilStopped((signal) => clew.follow(session, tell, { ...options, signal }));
      return;
    }
    const timeline = clew.timeline(session, options);
    if (flags.json) printJson(timeline);
    else await show(wholeLines(clew, timeline, look));
  },
});

function latest(clew: Clew, cli: Cli): string {
  const [session] = clew.sessions({ limit: 1 });
  if (session) return session.id;
  throw new ClewError(
    'NOT_FOUND',
    'nothing is recorded yet',
    `\`${cli.name} import\` says where clew looks for records`,
  );
}

type Look = Pick<TimelineStyle, 'full' | 'ids'>;

function wholeLines(clew: Clew, timeline: Timeline, look: Look): string[] {
  const session = harmless(clew.session(timeline.session));
  const { entries } = harmless(timeline);
  return [...heading(clew, session), ...entries.flatMap(rendererOf(clew, session, look))];
}

function liveLines(clew: Clew, id: string, look: Look): (entry: TimelineEntry) => void {
  const session = harmless(clew.session(id));
  const render = rendererOf(clew, session, look);
  print(heading(clew, session));
  return (entry) => print(render(harmless(entry)));
}

function rendererOf(clew: Clew, session: SessionDetail, look: Look): (entry: TimelineEntry) => string[] {
  let names = runNames(session.runs);
  // A subagent that was started since is not known yet.
  const runName = (run: string): string | undefined =>
    names(run) ?? (names = runNames(harmless(clew.session(session.id)).runs))(run);
  return createTimelineRenderer(viewOf(clew), { ...look, workspace: session.workspace, runName });
}

function heading(clew: Clew, session: SessionDetail): string[] {
  const view = viewOf(clew);
  const place = session.project ?? session.workspace;
  return [
    ...wrap(session.title ?? untitled, view.width).map((line) => view.colour.bold(line)),
    ...factLines(
      [
        ['session', session.id],
        ['agent', [session.agent, ...session.models].join(' · ')],
        ['project', place && [tilde(place, view), session.branch].filter(Boolean).join(' · ')],
      ],
      view,
    ),
  ];
}
