// Puts the library together: one connection, one moment, and the capabilities that share them.
import os from 'node:os';
import { adapters, addAdapters } from './agents/index.ts';
import {
  doctor,
  equipAgents,
  initHooks,
  listAgents,
  removeHooks,
  unequipAgents,
  verify,
} from './ingest/index.ts';
import { ClewError, loadConfig, systemContext } from './model/index.ts';
import type { Context, Pricing } from './model/index.ts';
import { loadPricing, priceCheck } from './prices/index.ts';
import {
  latestSession,
  latestSessionIn,
  listSessions,
  resolve,
  sessionDetail,
  statusOfSession,
  timelineOf,
} from './query/index.ts';
import type { Found, Moment, SessionDetail, Timeline, TimelineOptions } from './query/index.ts';
import { handoffAtStart, handoffOf, hookProcesses, resumePlan } from './recover/index.ts';
import { alertsHere } from './alerts-here.ts';
import { attributionHere } from './attribution-here.ts';
import { branching } from './branches.ts';
import { checkpointLooks } from './checkpoint-files.ts';
import { connect } from './connection.ts';
import { lineOrigin } from './line-origin.ts';
import { journalHere } from './journal-here.ts';
import { eventsHere } from './events-here.ts';
import { commitsHere } from './commits-here.ts';
import { gitHooksHere } from './git-hooks-here.ts';
import { pricesHere } from './prices-here.ts';
import { sessionsHere } from './sessions-here.ts';
import { agentTypeOf } from './session-defaults.ts';
import { figuresHere } from './figures-here.ts';
import { whyHere } from './why-here.ts';
import { statsHere } from './stats-here.ts';
import { issuesHere } from './issues-here.ts';
import { liveHere } from './live-here.ts';
import { takingIn } from './taking-in.ts';
import { activeHere } from './active-here.ts';
import { usageHere } from './usage-here.ts';
import { wayBack } from './way-back.ts';
import { checkpointChecks, storeSize } from './workspace/index.ts';

import { keptOrNot } from './kept-checkpoint.ts';
import { present } from './present.ts';
import { readingHere } from './reading-here.ts';
import type { Clew } from './clew.ts';

/** Opens clew's home; nothing is read or written before the first call. Throws BAD_CONFIG. */
export function openClew(options: { context?: Context } = {}): Clew {
  const context = options.context ?? systemContext();
  const config = loadConfig(context.clewHome);
  addAdapters(config.adapters ?? [], context.clewHome);
  let prices: Pricing | undefined;
  const pricing = (): Pricing => (prices ??= loadPricing(context.clewHome, config));
  const connection = connect(context, config, pricing);
  const { db, guarded } = connection;

  const moment = (): Moment => {
    const processes = adapters.flatMap((adapter) =>
      adapter.roots(context, config).flatMap((root) => [...adapter.processes(root)]),
    );
    return { now: context.now(), processes: new Map([...hookProcesses(db(), context), ...processes]) };
  };
  const { tellAlerts, alertNotes, alertChecks, ...alerting } = alertsHere(context, config, connection);
  const idOf = (given: string, kind: Found['kind']): string => resolve(db(), given, [kind]).id;
  const owner = { machine: context.machine, user: context.env['USER'] || os.userInfo().username };
  const detail = (id: string): SessionDetail => {
    const told = present(sessionDetail(db(), id, moment(), owner), id);
    return { ...told, agentType: told.agentType ?? agentTypeOf(told.agent) };
  };
  const isOver = (id: string): boolean => statusOfSession(db(), id, moment()) !== 'active';
  /** The session that is named, or else the latest where the user is. */
  const meant = (given: string | undefined): string => {
    const id =
      given === undefined
        ? (latestSessionIn(db(), context.cwd) ?? latestSession(db()))
        : idOf(given, 'session');
    if (id !== undefined) return id;
    throw new ClewError(
      'NOT_FOUND',
      'nothing is recorded yet',
      '`clew import` says where clew looks for records',
    );
  };
  const timeline = (id: string, how?: TimelineOptions): Timeline => timelineOf(db(), id, isOver(id), how);

  const { takeIn, lookAgain } = takingIn(context, config, connection, moment, tellAlerts);
  const { checkpoint: takeCheckpoint, ...back } = wayBack(context, db, () =>
    takeIn({ quick: true, waitMs: 5_000 }),
  );

  const { gitHookChecks, ...gitHooks } = gitHooksHere(context);
  const branches = branching({
    context,
    db,
    takeIn: () => takeIn({ quick: true, waitMs: 5_000 }),
    sessions: () => listSessions(db(), moment()),
    handoff: (id) => handoffOf(db(), detail(id)).markdown,
  });

  const attribution = attributionHere(context, config, connection);

  return {
    context,
    config,
    ...back,
    ...branches,
    ...checkpointLooks(context, db),
    ...eventsHere(context, config, connection),
    ...attribution,
    ...commitsHere(context, connection),
    ...gitHooks,
    ...pricesHere(context, config, db),
    ...activeHere(context, config, connection, moment),
    ...usageHere(context, connection, pricing),
    ...whyHere(context, connection, (file, line) => lineOrigin(attribution, file, line)),
    ...figuresHere(connection, moment),
    ...alerting,
    ...sessionsHere({
      context,
      config,
      connection,
      moment,
      detail,
      takeIn: () => takeIn({ quick: true, waitMs: 60_000 }),
      handoff: (id) => handoffOf(db(), detail(id), { budget: 2000 }).markdown,
      openIssues: async (root) => {
        const inThere = { ...context, cwd: root };
        const trackers = issuesHere(inThere, config, connection, moment, async () => {});
        return (await trackers.issues({ states: ['in_progress', 'blocked', 'open'] })).issues;
      },
    }),
    ...statsHere(context, connection, moment),
    ...journalHere(context, config, connection, moment, () => takeIn({ quick: true, waitMs: 5_000 })),
    ...issuesHere(context, config, connection, moment, () => takeIn({ quick: true, waitMs: 5_000 })),
    ...liveHere({ context, config, connection, moment, timeline, lookAgain, tellAlerts }),
    takeCheckpoint: async (...how) => keptOrNot(context, await takeCheckpoint(...how)),
    import: takeIn,
    ...readingHere({ context, connection, moment, back, idOf, isOver, detail, timeline, notes: alertNotes }),
    handoff: (id, how) => guarded(() => handoffOf(db(), detail(meant(id)), how)),
    handoffAtStart: (payload) =>
      guarded(() => handoffAtStart(db(), payload, (id) => sessionDetail(db(), id, moment()))),
    resumePlan: (id, how) =>
      guarded(() => {
        const session = detail(meant(id));
        return resumePlan(db(), context, session, () => handoffOf(db(), session), how);
      }),
    reindex: (how) => connection.rebuild(how?.onProgress),
    verify: () => guarded(() => verify(db(), context)),
    agents: () => guarded(() => listAgents(db(), context, config)),
    doctor: async () => {
      const report = await doctor(db(), context, config);
      const checks = [
        ...report.checks,
        ...gitHookChecks(),
        ...checkpointChecks(db(), context),
        priceCheck(context.clewHome),
        ...alertChecks(),
      ];
      return { ...report, checks };
    },
    storeSize: () => guarded(() => storeSize(db(), context.clewHome)),
    init: (how = {}) => initHooks(context, how),
    equip: (how) => equipAgents(context, how),
    uninstall: async (how = {}) => {
      const hooks = removeHooks(context, how);
      const given = unequipAgents(context, how);
      return {
        ...hooks,
        files: [...hooks.files, ...given.files],
        warnings: [...hooks.warnings, ...given.warnings],
      };
    },
    close: () => connection.close(),
  };
}
