// An early client (2.0.77): a first look at a project with a subagent whose file lies beside the session's, and responses
// whose final count was never written.
import { cwd, files } from '../projects/tidetable.mjs';
import { openSession } from '../session.mjs';
import { bash, edit, glob, other, read, task } from '../tools.mjs';

export function firstLook() {
  const s = openSession({
    id: 'f2a90d17-3c44-4be2-b1d6-90e8a75c1204', version: '2.0.77', cwd, branch: 'main', model: 'claude-opus-4-5-20251101', start: '2026-10-12T17:05:31Z', files,
  });
  s.prompt('I inherited this repository. What does it do, and what is the first thing that would break?');
  s.step({
    say: "I'll have the code surveyed while I look at the tests.",
    calls: [
      task({
        type: 'Explore',
        description: 'Survey the tide code',
        prompt: 'Read the Python package in this repository. Say in a few lines how a tide is computed, from where the data comes, and what looks fragile.',
        model: 'claude-haiku-4-5-20251001',
        story(step) {
          step({ calls: [glob('**/*.py', ['tidetable/cli.py', 'tidetable/harmonics.py', 'tests/test_harmonics.py'])] });
          step({ calls: [read('tidetable/harmonics.py'), read('tidetable/cli.py')], complete: false });
        },
        answer: 'Heights are a sum of cosines (`height`). `extremes` walks in steps of 0.1 h and reports sign changes of the slope. Fragile: the step accumulates as a float, and an extreme is reported at the step before the turn, up to six minutes early. Stations come from `data/stations.csv`.',
      }),
      read('tests/test_harmonics.py'),
    ],
  });
  s.step({
    calls: [
      other('TodoWrite', { todos: [{ content: 'Show the drift of accumulated steps', status: 'in_progress', activeForm: 'Showing the drift' }, { content: 'Count steps instead of adding them', status: 'pending', activeForm: 'Counting steps' }] }, 'Todos have been modified successfully.', {}),
      bash('python -c "t=0.0\nfor _ in range(3000): t+=0.1\nprint(t)"', { description: 'Show how far 3000 steps drift', stdout: '300.00000000000563', ms: 95 }),
    ],
    complete: false,
  });
  s.step({
    say: 'It prints high and low waters from harmonic constants. The first thing to break is `extremes`: it adds 0.1 over and over, so the time drifts, and it reports the step *before* the water turns.\n\nShall I count the steps instead?',
  });
  s.endTurn();
  s.wait(2);
  s.prompt('Yes, do that.');
  s.step({
    calls: [
      edit('tidetable/harmonics.py', '    t = start\n    while t < end:\n        after = height(constituents, t + step)', '    for n in range(round((end - start) / step)):\n        t = start + n * step\n        after = height(constituents, t + step)'),
    ],
  });
  s.step({ calls: [edit('tidetable/harmonics.py', '        before, here = here, after\n        t += step\n', '        before, here = here, after\n')] });
  s.step({ calls: [bash('python -m pytest -q', { description: 'Run the tests', stdout: '.                                                    [100%]\n1 passed in 0.02s', ms: 840 })] });
  s.step({
    calls: [
      other('TodoWrite', { todos: [{ content: 'Show the drift of accumulated steps', status: 'completed', activeForm: 'Showing the drift' }, { content: 'Count steps instead of adding them', status: 'completed', activeForm: 'Counting steps' }] }, 'Todos have been modified successfully.', {}),
    ],
  });
  s.step({ say: 'The loop counts its steps now, so no error adds up. The test passes.' });
  s.title('A first look at tidetable');
  return s.session;
}
