// Clew itself: hooks that fired, a second import that finds nothing, an index that can be made anew, and a log that
// keeps up with the client.
import { clew, clewJson, type View } from '../clew/run.ts';
import type { Followed } from '../clew/follow.ts';
import type { Report } from '../report.ts';
import type { Told } from './expected.ts';

export function checkHooksFired(view: View, report: Report): void {
  const hooks = view.health.hooks.find(({ agent }) => agent === 'claude-code');
  report.holds('doctor: says that the hooks are in place', hooks?.installed === true, hooks);
  report.holds('doctor: says that they fired', (hooks?.fired ?? 0) > 0, hooks);
}

export function checkRepeats({ world }: Told, view: View, report: Report): void {
  clew(world, 'import', '--json');
  report.equal('a second import changes nothing', clewJson(world, 'sessions'), view.sessions);
  clew(world, 'reindex', '--json');
  report.equal('an index made anew is the same', clewJson(world, 'sessions'), view.sessions);
}

export function checkFollow(followed: Followed | undefined, report: Report): void {
  const { calls = [], badLines = [], complaint } = followed ?? {};
  report.equal('log --follow: prints JSON lines', badLines, []);
  report.holds(
    'log --follow: saw the client at work',
    calls.length >= 15,
    complaint || `${calls.length} calls`,
  );
  const unseen = calls.filter((call) => call.sinceWritten === undefined);
  report.equal(`log --follow: shows each of ${calls.length} tool calls`, unseen, []);
  for (const kind of ['sinceWritten', 'sinceAt'] as const) {
    const waits = calls.map((call) => call[kind] ?? Infinity).toSorted((a, b) => a - b);
    const [median, most] = [waits[Math.floor(waits.length / 2)] ?? Infinity, waits.at(-1) ?? Infinity];
    const from = kind === 'sinceWritten' ? 'of its line in the transcript' : 'of the time that it bears';
    const name = `log --follow: within 1 s ${from} (median ${median} ms, most ${most} ms)`;
    report.holds(
      name,
      most < 1000,
      calls.filter((call) => !((call[kind] ?? Infinity) < 1000)),
    );
  }
}
