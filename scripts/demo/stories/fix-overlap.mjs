// A failing test is understood and mended, committed and sent in. In the afternoon the same conversation is forked at the
// point where the cause was known, and goes another way.
import { cwd, files } from '../projects/berth.mjs';
import { openSession } from '../session.mjs';
import { bash, edit, grep, other, read, write } from '../tools.mjs';

const failing = ` RUN  v5.1.1 /home/mira/berth

 ❯ src/booking/overlap.test.ts (4 tests | 1 failed) 6ms
   ✓ overlaps > two stays on one berth in the same night
   ✓ overlaps > different berths never overlap
   × overlaps > a stay that ends at noon leaves the berth free from noon
     → expected true to be false // Object.is equality
   ✓ conflictOf > a stay is not in its own way

 Test Files  1 failed (1)
      Tests  1 failed | 3 passed (4)`;
const passing = (tests) => ` RUN  v5.1.1 /home/mira/berth

 ✓ src/booking/overlap.test.ts (${tests} tests) 5ms
 ✓ src/booking/calendar.test.ts (6 tests) 4ms

 Test Files  2 passed (2)
      Tests  ${tests + 6} passed (${tests + 6})`;

export function fixOverlap() {
  const s = openSession({
    id: '6b1f0c52-8d0e-4a57-9a43-2f6f1d3be801', version: '2.1.329', cwd, branch: 'fix/noon-overlap', model: 'claude-opus-5', start: '2026-11-03T08:12:04Z', files,
  });
  s.note('mode', { mode: 'normal' });
  s.write({ type: 'attachment', attachment: { type: 'environment', content: `Working folder: ${cwd}\nPlatform: linux` } });
  s.prompt('The test "a stay that ends at noon leaves the berth free from noon" has been failing since Friday. Find out why and fix it. Leave the test as it is.');
  s.step({
    say: "I'll run the test first to see the failure itself.",
    calls: [bash('npx vitest run src/booking', { description: 'Run the booking tests', stdout: failing, exit: 1, ms: 2140 })],
  });
  s.step({ calls: [read('src/booking/overlap.ts'), read('src/booking/overlap.test.ts')] });
  s.title('Fix the noon overlap in berth bookings');
  s.step({
    think:
      'The comparison is inclusive on both sides: from <= until. A stay until noon and one from noon share exactly that instant, so they count as overlapping. Strict comparison would fix it. But who else calls overlaps()? The calendar may rely on the inclusive end.',
    calls: [grep('overlaps\\(', 'src', 'src/booking/overlap.ts:4:export function overlaps(a: Stay, b: Stay): boolean {\nsrc/booking/overlap.ts:11:  return booked.find((stay) => stay.id !== wanted.id && overlaps(stay, wanted));\nsrc/booking/calendar.ts:8:  return stays.some((stay) => overlaps(stay, whole));')],
  });
  s.step({ calls: [read('src/booking/calendar.ts')] });
  const forkPoint = s.fork({ id: 'c07d2a9e-51b3-4c1f-8f2e-7740b1a6e5d9', start: '2026-11-03T13:40:11Z', branch: 'half-open' });
  s.step({
    say: 'The end of a stay is compared as if it still belonged to it. I make the comparison strict, and give the calendar a full day instead of one that ends a millisecond early.',
    calls: [edit('src/booking/overlap.ts', '  return a.from <= b.until && b.from <= a.until;', '  // A stay ends before the instant at which the next begins.\n  return a.from < b.until && b.from < a.until;')],
  });
  s.step({ calls: [edit('src/booking/calendar.ts', 'until: day + dayMs - 1,', 'until: day + dayMs,')] });
  s.step({ calls: [edit('src/booking/calendar.ts', 'until: day + dayMs - 1 }', 'until: day + dayMs }')] });
  s.step({ calls: [bash('npx vitest run src/booking', { description: 'Run the booking tests', stdout: passing(4), ms: 2290 })] });
  s.step({
    say: 'Fixed. `overlaps` compared with `<=`, so a stay until noon and a stay from noon shared that one instant and got in each other\'s way.\n\n- **overlap.ts**: the comparison is strict now\n- **calendar.ts**: a day is a whole day; it used to end one millisecond early to make up for the inclusive comparison\n\nAll 10 booking tests pass, and the failing test is untouched.',
  });
  s.endTurn();

  s.wait(3.5);
  s.prompt('Good. Add a test for a stay of no length, then commit and open a PR.');
  s.step({
    calls: [
      edit(
        'src/booking/overlap.test.ts',
        "    expect(overlaps(stay('A1', '03T10', '04T12'), stay('A1', '04T12', '06T10'))).toBe(false);\n  });\n",
        "    expect(overlaps(stay('A1', '03T10', '04T12'), stay('A1', '04T12', '06T10'))).toBe(false);\n  });\n\n  test('a stay of no length is in nobody\\'s way', () => {\n    expect(overlaps(stay('A1', '04T12', '04T12'), stay('A1', '04T12', '06T10'))).toBe(false);\n  });\n",
      ),
    ],
  });
  s.step({ calls: [bash('npx vitest run src/booking', { description: 'Run the booking tests', stdout: passing(5), ms: 2205 })] });
  s.step({
    calls: [
      bash('git add src/booking && git commit -m "fix: a stay ends before the next begins"', {
        description: 'Commit the fix',
        stdout: '[fix/noon-overlap 4be19c2] fix: a stay ends before the next begins\n 3 files changed, 7 insertions(+), 2 deletions(-)',
        ms: 180,
      }),
    ],
  });
  s.step({
    calls: [
      bash('git push -u origin HEAD && gh pr create --fill', {
        description: 'Push the branch and open a pull request',
        stdout: "branch 'fix/noon-overlap' set up to track 'origin/fix/noon-overlap'.\nhttps://git.example.com/harbour/berth/pull/48",
        ms: 3120,
      }),
    ],
  });
  s.note('pr-link', { prNumber: 48, prUrl: 'https://git.example.com/harbour/berth/pull/48', prRepository: 'harbour/berth', timestamp: new Date(s.session.now).toISOString() });
  s.step({ say: 'Committed as `4be19c2` and opened as pull request 48. The new test passes; a stay of no length overlaps nothing.' });
  s.endTurn();
  s.close();
  return { session: s.session, fork: anotherWay(forkPoint) };
}

function anotherWay(s) {
  s.prompt('Before you change anything: could the type itself say that the end does not belong to the stay? I would rather have that than a comment.');
  s.title('Half-open intervals instead of a strict comparison');
  s.step({
    think: 'They want the half-open interval as a type. A small Interval module with `meets` and a constructor that rejects until < from. Then overlap.ts and calendar.ts only use that.',
    say: 'Yes. A half-open interval as a type of its own, and only that module compares instants.',
    calls: [
      write(
        'src/booking/interval.ts',
        '// A stretch of time that holds its first instant and not its last: [from, until).\n\nexport interface Interval {\n  readonly from: number;\n  readonly until: number;\n}\n\nexport const meets = (a: Interval, b: Interval): boolean => a.from < b.until && b.from < a.until;\n\nexport function interval(from: number, until: number): Interval {\n  if (until < from) throw new RangeError(`ends before it begins: ${from}, ${until}`);\n  return { from, until };\n}\n',
      ),
    ],
  });
  s.step({
    calls: [
      edit('src/booking/overlap.ts', "import type { Stay } from './stay.ts';\n", "import { meets } from './interval.ts';\nimport type { Stay } from './stay.ts';\n"),
      edit('src/booking/overlap.ts', '  if (a.berth !== b.berth) return false;\n  return a.from <= b.until && b.from <= a.until;', '  return a.berth === b.berth && meets(a, b);'),
      edit('src/booking/calendar.ts', 'until: day + dayMs - 1 }', 'until: day + dayMs }'),
    ],
  });
  s.step({ calls: [bash('npx vitest run src/booking && npx tsc --noEmit', { description: 'Tests and types', stdout: passing(4), ms: 5480 })] });
  s.step({ calls: [other('TaskCreate', { subject: 'Move Stay onto Interval', description: 'Stay should extend Interval' }, 'Task #1 created successfully: Move Stay onto Interval', { task: { id: '1', subject: 'Move Stay onto Interval' } })] });
  s.step({ say: 'Done in `src/booking/interval.ts`. `overlaps` has no comparison of its own any more, and the calendar uses whole days. I left `Stay` as it is and noted as a task that it could extend `Interval`.' });
  s.endTurn();
  s.close();
  return s.session;
}
