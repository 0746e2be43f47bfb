// tidetable: a made-up command that prints when the water is high. The files that the stories open.

export const cwd = '/home/mira/tidetable';

export const stations = `id,name,lat,lon,datum
hvn-01,Harbour mouth,53.8712,8.7051,1.94
hvn-02,Fish quay,53.8699,8.7124,1.92
old-07,Old lock,53.8621,8.7302,1.71
nor-03,North beach,53.9012,8.6904,2.03
nor-04,North groyne,53.9051,8.6871,2.05
isl-11,Island pier,53.9444,8.6033,2.21
`;

export const files = {
  'README.md': `# tidetable

\`tidetable hvn-01\` prints the next high and low waters.
`,
  'tidetable/harmonics.py': `"""Heights of the tide as a sum of cosines."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Constituent:
    name: str
    speed: float  # degrees per hour
    amplitude: float  # metres
    phase: float  # degrees


def height(constituents, hours):
    total = 0.0
    for c in constituents:
        total += c.amplitude * math.cos(math.radians(c.speed * hours - c.phase))
    return total


def extremes(constituents, start, end, step=0.1):
    """Times at which the water turns, with its height."""
    found = []
    before = height(constituents, start - step)
    here = height(constituents, start)
    t = start
    while t < end:
        after = height(constituents, t + step)
        if (here - before) * (after - here) < 0:
            found.append((t, here))
        before, here = here, after
        t += step
    return found
`,
  'tidetable/cli.py': `import argparse

from .harmonics import extremes
from .stations import load


def main(argv=None):
    parser = argparse.ArgumentParser(prog="tidetable")
    parser.add_argument("station")
    parser.add_argument("--days", type=int, default=2)
    args = parser.parse_args(argv)
    station = load(args.station)
    for hours, metres in extremes(station.constituents, 0, args.days * 24):
        print(f"{hours:6.1f} h  {metres:+.2f} m")


if __name__ == "__main__":
    main()
`,
  'tests/test_harmonics.py': `from tidetable.harmonics import Constituent, extremes

M2 = Constituent("M2", 28.984104, 1.42, 0.0)


def test_two_high_waters_a_day():
    highs = [h for t, h in extremes([M2], 0, 24) if h > 0]
    assert len(highs) == 2
`,
  'data/stations.csv': stations,
};
