// A long session of 2.1.100: the API is overloaded for a while, the conversation is compacted, a turn is interrupted. A
// password stands in a file that the agent reads.
import { cwd, files } from '../projects/tidetable.mjs';
import { openSession } from '../session.mjs';
import { bash, edit, read, write } from '../tools.mjs';

const environment = `TIDE_STATIONS=data/stations.csv
TIDE_DATABASE=postgres://tide:kelp-and-limpets-74@db.internal:5432/tide
`;

export function jsonOutput() {
  const s = openSession({
    id: '0e64b7d3-a9f1-4d20-8c5b-1b7f3c92ad46', version: '2.1.100', cwd, branch: 'json-output', model: 'claude-sonnet-4-6', start: '2026-10-28T19:22:40Z', hourCache: true,
    files: { ...files, '.env': environment },
  });
  s.prompt('tidetable should print JSON with --json: time as ISO 8601 in UTC, height in metres, and whether it is high or low water.');
  s.step({ calls: [read('tidetable/cli.py'), read('tidetable/harmonics.py')] });
  s.title('JSON output for tidetable');
  for (const [attempt, wait] of [[1, 548], [2, 1093]].values()) {
    s.write({
      type: 'system', subtype: 'api_error', level: 'error',
      error: { message: '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', status: 529, requestId: `req_011C${s.session.r.id(20)}`, formatted: '529 Overloaded', connection: null, isNetworkDown: false },
      retryInMs: wait, retryAttempt: attempt, maxRetries: 10, source: 'request_retry',
    });
    s.session.now += wait;
  }
  s.step({
    think: 'extremes() gives hours from a start that nobody names. For ISO times there must be an epoch. cli.py passes 0, so "now" is not even known. I need a start time: default to the current hour in UTC, and --from to choose it, which also makes it testable.',
    say: 'The times are hours from a start that is never named. I add `--from`, with the current hour as the default, so that JSON can hold real instants.',
    calls: [
      write(
        'tidetable/cli.py',
        'import argparse\nimport json\nfrom datetime import datetime, timedelta, timezone\n\nfrom .harmonics import extremes\nfrom .stations import load\n\n\ndef turns(station, start, days):\n    for hours, metres in extremes(station.constituents, 0, days * 24):\n        yield {\n            "at": (start + timedelta(hours=hours)).isoformat(timespec="minutes"),\n            "metres": round(metres, 2),\n            "water": "high" if metres > 0 else "low",\n        }\n\n\ndef main(argv=None):\n    parser = argparse.ArgumentParser(prog="tidetable")\n    parser.add_argument("station")\n    parser.add_argument("--days", type=int, default=2)\n    parser.add_argument("--from", dest="start", type=datetime.fromisoformat)\n    parser.add_argument("--json", action="store_true")\n    args = parser.parse_args(argv)\n    start = args.start or datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)\n    found = turns(load(args.station), start, args.days)\n    if args.json:\n        print(json.dumps(list(found), indent=2))\n        return\n    for turn in found:\n        print(f"{turn[\'at\']}  {turn[\'metres\']:+.2f} m  {turn[\'water\']}")\n\n\nif __name__ == "__main__":\n    main()\n',
      ),
    ],
  });
  s.step({
    calls: [
      bash('python -m tidetable.cli hvn-01 --from 2026-10-28T00:00+00:00 --days 1 --json', {
        description: 'Try the new flag',
        stderr: 'psycopg.OperationalError: postgres://tide:kelp-and-limpets-74@db.internal:5432/tide: could not translate host name "db.internal" to address',
        exit: 1,
        ms: 2310,
      }),
    ],
  });
  s.step({ say: 'The stations come from a database here. I look at which one is configured.', calls: [read('.env')] });
  s.step({
    calls: [
      bash('env -u TIDE_DATABASE TIDE_STATIONS=data/stations.csv python -m tidetable.cli hvn-01 --from 2026-10-28T00:00+00:00 --days 1 --json', {
        description: 'Try it with the stations from the file',
        stdout: '[\n  {\n    "at": "2026-10-28T06:12+00:00",\n    "metres": -1.42,\n    "water": "low"\n  },\n  {\n    "at": "2026-10-28T12:24+00:00",\n    "metres": 1.42,\n    "water": "high"\n  }\n]',
        ms: 610,
      }),
    ],
  });
  s.step({
    say: '`--json` works. High and low are told by the sign of the height, which holds as long as heights are around mean water:\n\n```sh\ntidetable hvn-01 --from 2026-10-28T00:00+00:00 --json\n```\n\n| field | meaning |\n|---|---|\n| `at` | ISO 8601, UTC |\n| `metres` | above mean water |\n| `water` | `high` or `low` |',
  });
  s.endTurn();

  s.wait(24);
  s.prompt('"high if metres > 0" is wrong for stations with a datum offset. Use the direction of the turn. Also go through every place where heights are compared, I do not trust them.');
  s.grow(96_000);
  s.step({
    think: 'Right: with an offset every height can be positive. The slope before the turn tells it: rising before means high. extremes() knows, so it should say.',
    calls: [edit('tidetable/harmonics.py', '            found.append((t, here))', '            found.append((t, here, "high" if here > before else "low"))')],
  });
  compact(s);
  s.step({
    calls: [
      edit('tidetable/cli.py', '    for hours, metres in extremes(station.constituents, 0, days * 24):', '    for hours, metres, water in extremes(station.constituents, 0, days * 24):'),
      edit('tidetable/cli.py', '            "water": "high" if metres > 0 else "low",', '            "water": water,'),
      edit('tests/test_harmonics.py', '    highs = [h for t, h in extremes([M2], 0, 24) if h > 0]\n    assert len(highs) == 2', '    turns = [water for _, _, water in extremes([M2], 0, 24)]\n    assert turns.count("high") == 2'),
    ],
  });
  s.step({ calls: [bash('python -m pytest -q', { description: 'Run the tests', stdout: 'F                                                    [100%]\nE       assert 1 == 2\nFAILED tests/test_harmonics.py::test_two_high_waters_a_day', exit: 1, ms: 870 })] });
  s.step({ think: 'The first high water is at t = 0 itself with phase 0: the old test counted it by its height only because...', calls: [bash('python -m pytest -q -k two_high --pdb', { description: 'Look at the values', stdout: '', ms: 41_000, interrupted: true })] });
  s.write({ type: 'user', message: { role: 'user', content: [{ type: 'text', text: '[Request interrupted by user]' }] } });

  s.wait(1.2);
  s.prompt('No debugger please. The high water at hour 0 is the start of the range, it has no "before". Start the test at 1.');
  s.step({ calls: [edit('tests/test_harmonics.py', 'extremes([M2], 0, 24)', 'extremes([M2], 1, 25)')] });
  s.step({ calls: [bash('python -m pytest -q', { description: 'Run the tests', stdout: '.                                                    [100%]\n1 passed in 0.02s', ms: 820 })] });
  s.step({ calls: [bash('git commit -qam "tidetable: --json, and high water told by the turn" && git rev-parse HEAD', { description: 'Commit', stdout: '9d03f6ab1c27e8405be61fd2c7a4e9183b50d7f2', ms: 140 })] });
  s.step({ say: 'Passes with the range from 1 to 25, and committed. Heights are compared in one place now, in `extremes`, and only with their neighbours.' });
  s.endTurn();
  return s.session;
}

/** The context is full: the client has a summary made, and goes on from that. */
function compact(s) {
  const before = s.context;
  const logicalParentUuid = s.last;
  s.session.now += 38_000;
  s.write(
    {
      type: 'system', subtype: 'compact_boundary', content: 'Conversation compacted', level: 'info', isMeta: false, logicalParentUuid,
      compactMetadata: { trigger: 'auto', preTokens: before },
    },
    { parent: null },
  );
  s.grow(19_000 - before);
  s.prompt(
    'This session is being continued from a previous conversation that ran out of context.\n\nSummary: `tidetable/cli.py` has --json and --from. The user found that "high if metres > 0" is wrong where a datum offset applies, and wants the direction of the turn. `extremes` in `tidetable/harmonics.py` now gives (time, height, "high" or "low"). Still to do: use it in cli.py, adapt the test, check every comparison of heights.',
    { isCompactSummary: true, isVisibleInTranscriptOnly: true },
  );
}
