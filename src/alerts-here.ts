// Limits and alerts as the library offers them, and the command that is run when something new is among them.
import { lastFailure, runOnce } from './alert-command.ts';
import type { Connection } from './connection.ts';
import type { Check } from './ingest/index.ts';
import { noLimits, usualAlerts } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import { alertNotes, alertWindowMs, alertsBetween, limitsNow, resolve } from './query/index.ts';
import type { Alert, LimitState, Overview } from './query/index.ts';

export interface AlertsHere {
  /** Since then, milliseconds since the epoch; the last 24 hours if left out. The latest first. */
  alerts(options?: { readonly since?: number | undefined }): Alert[];
  /**
   * How much of each limit is used, the tightest first: today's, those of this month's projects, those of the sessions
   * that went on today; or else of one session, its project and today.
   */
  limits(options?: { readonly session?: string | undefined }): LimitState[];
}

export interface AlertOptions {
  /** Told why the command that the user has set for alerts failed. */
  readonly onAlertFailure?: ((why: string) => void) | undefined;
}

export interface AlertTeller {
  /**
   * Runs the user's command for the alerts of the last 24 hours that it was not run for. Nobody waits for it, and what goes
   * wrong with it harms nothing.
   */
  readonly tellAlerts: (options?: AlertOptions) => void;
  /** For the overview. */
  readonly alertNotes: () => Overview['attention'];
  /** For `clew doctor`. */
  readonly alertChecks: () => Check[];
}

export function alertsHere(
  context: Context,
  config: Config,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
): AlertsHere & AlertTeller {
  const { alerts: settings = usualAlerts } = config;
  const options = { settings: config.limits ?? noLimits, home: context.home, alerts: settings };
  const alerts = (since = context.now() - alertWindowMs): Alert[] =>
    guarded(() => alertsBetween(db(), options, since, context.now()));

  return {
    alerts: ({ since } = {}) => alerts(since),
    limits: ({ session } = {}) =>
      guarded(() => {
        const id = session === undefined ? undefined : resolve(db(), session, ['session']).id;
        return limitsNow(db(), options, context.now(), id);
      }),
    alertNotes: () => alertNotes(db(), options, context.now()),
    tellAlerts({ onAlertFailure = () => {} } = {}) {
      const { command } = settings;
      if (command === undefined) return;
      try {
        void runOnce(context, command, alerts(), onAlertFailure);
      } catch (error) {
        onAlertFailure((error as Error).message);
      }
    },
    alertChecks() {
      if (settings.command === undefined) return [];
      const why = lastFailure(context.clewHome);
      return [
        why === undefined
          ? { name: 'alerts', ok: 'ok', message: 'the command for alerts has not failed' }
          : {
              name: 'alerts',
              ok: 'warn',
              message: `the command for alerts failed when it was last run: ${why}`,
              hint: 'mend `alerts.command` in config.json',
            },
      ];
    },
  };
}
