// A second opinion on Claude Code homes: slow, obvious, straight from the counting rules, and sharing no code with the
// project. Where clew and this counter differ, one of them is wrong.
import type { Counts, ProgressOnly, SessionCounts, Tally, Tokens } from './counts.ts';
import { addTokens, noTokens, sameTokens, sumTokens } from './counts.ts';
import { transcripts } from './files.ts';
import { readTranscript } from './read.ts';
import type { Response } from './responses.ts';
import type { MessageSighting, Seen, Sightings, ToolSighting } from './sightings.ts';
import { nothingSeen } from './sightings.ts';

/** Counts what stands below the given `projects` folders, all of them taken as one home. */
export function countClaudeCode(projectsDirs: readonly string[], responses: Response[] = []): Counts {
  const sightings = nothingSeen();
  for (const dir of projectsDirs) {
    for (const file of transcripts(dir)) readTranscript(file, sightings);
  }
  const messages = new Map([...sightings.messages].map(([key, files]) => [key, settle(files)]));
  const progressOnly = new Map<string, Message>();
  for (const [key, files] of sightings.progressMessages) {
    if (!sightings.messages.has(key)) progressOnly.set(key, settle(files));
  }
  const sessionIds = [...sightings.sessions].sort();
  const everything = [...messages.values()];
  for (const { told } of [...everything, ...progressOnly.values()])
    responses.push({ kind: 'response', ...told });
  return {
    sessionIds,
    sessions: Object.fromEntries(
      sessionIds.map((id) => [id, countSession(id, sightings, messages, progressOnly)]),
    ),
    files: sightings.files,
    badLines: sightings.badLines,
    tornTails: sightings.tornTails,
    messages: messages.size,
    tokens: sum(everything),
    models: byModel(everything),
    partial: everything.filter((m) => m.told.stopReason === undefined).length,
    filesDisagree: everything.filter((m) => m.disagree).length,
    lastNotMax: everything.filter((m) => m.lastNotMax).length,
    progressOnly: progress([...progressOnly.values()], sightings, () => true),
    ...tally(
      sightings,
      () => true,
      () => true,
    ),
  };
}

/** One message of the home, with the line that counts. */
interface Message {
  readonly told: MessageSighting;
  readonly sessions: ReadonlySet<string>;
  readonly disagree: boolean;
  readonly lastNotMax: boolean;
}

// Of several files the one with the most tokens is right. Where they are equal, one that knows the stop reason: a copy
// that was cut in mid-message makes no message partial.
function settle(files: ReadonlyMap<string, MessageSighting>): Message {
  const all = [...files.values()];
  let told = all[0]!;
  for (const other of all) {
    const more = sumTokens(other.tokens) - sumTokens(told.tokens);
    if (more > 0 || (more === 0 && told.stopReason === undefined)) told = other;
  }
  return {
    told,
    sessions: new Set(all.map((s) => s.session)),
    disagree: all.some((s) => !sameTokens(s.tokens, told.tokens)),
    lastNotMax: all.some((s) => sumTokens(s.tokens) < s.largest),
  };
}

// The session that ended first; of those that ended at the same time, or that have no time, the first by id.
function owner(sessions: ReadonlySet<string>, sightings: Sightings): string {
  const end = (id: string): number => sightings.ended.get(id) ?? Infinity;
  return [...sessions].sort((a, b) => (end(a) === end(b) ? (a < b ? -1 : 1) : end(a) < end(b) ? -1 : 1))[0]!;
}

function countSession(
  id: string,
  sightings: Sightings,
  messages: ReadonlyMap<string, Message>,
  progressOnly: ReadonlyMap<string, Message>,
): SessionCounts {
  const holds = (sessions: ReadonlySet<string>): boolean => sessions.has(id);
  const owns = (sessions: ReadonlySet<string>): boolean =>
    holds(sessions) && owner(sessions, sightings) === id;
  const owned = [...messages.values()].filter((m) => owns(m.sessions));
  const told = [...progressOnly.values()].filter((m) => owns(m.sessions));
  return {
    messagesSeen: [...messages.values()].filter((m) => holds(m.sessions)).length,
    messagesOwned: owned.length,
    tokens: sum(owned),
    ...tally(sightings, holds, holds),
    // A copy's call may have its result in the original only, so any session's result will do for the owned ones.
    owned: tally(sightings, owns, () => true),
    progressOnly: progress(told, sightings, owns),
  };
}

type Choose = (sessions: ReadonlySet<string>) => boolean;

function tally(sightings: Sightings, choose: Choose, chooseResult: Choose): Tally {
  const count = (seen: Seen): number => [...seen.values()].filter(choose).length;
  const paths = new Set<string>();
  for (const [id, sessions] of sightings.toolsSeen) {
    const edited = sightings.tools.get(id)!.path;
    const results = sightings.succeeded.get(id);
    if (edited !== undefined && choose(sessions) && results && chooseResult(results)) paths.add(edited);
  }
  return {
    prompts: count(sightings.prompts),
    commands: count(sightings.commands),
    bashInputs: count(sightings.bashInputs),
    interruptions: count(sightings.interruptions),
    tools: byName(sightings.tools, sightings.toolsSeen, choose),
    toolErrors: count(sightings.toolErrors),
    compactions: count(sightings.compactions),
    microcompactions: count(sightings.microcompactions),
    apiErrors: count(sightings.apiErrors),
    filesEdited: [...paths].sort(),
  };
}

function progress(messages: readonly Message[], sightings: Sightings, choose: Choose): ProgressOnly {
  const elsewhere = new Map([...sightings.progressToolsSeen].filter(([id]) => !sightings.toolsSeen.has(id)));
  return {
    messages: messages.length,
    tokens: sum(messages),
    tools: byName(sightings.progressTools, elsewhere, choose),
  };
}

function byName(
  tools: ReadonlyMap<string, ToolSighting>,
  seen: Seen,
  choose: Choose,
): Record<string, number> {
  const names = new Map<string, number>();
  for (const [id, sessions] of seen) {
    const { name } = tools.get(id)!;
    if (choose(sessions)) names.set(name, (names.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byModel(messages: readonly Message[]): Counts['models'] {
  const models = new Map<string, Message[]>();
  for (const m of messages) {
    const of = models.get(m.told.model);
    if (of) of.push(m);
    else models.set(m.told.model, [m]);
  }
  return Object.fromEntries(
    [...models]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([model, of]) => [model, { messages: of.length, tokens: sum(of) }]),
  );
}

function sum(messages: readonly Message[]): Tokens {
  const total = noTokens();
  for (const m of messages) addTokens(total, m.told.tokens);
  return total;
}
