// A shell command empties a file that held work nobody had committed. What git would bring back is too old; the session
// still knows better. It ends in the middle.
import { cwd, files, stations } from '../projects/tidetable.mjs';
import { openSession } from '../session.mjs';
import { bash, edit, read, write } from '../tools.mjs';

const added = 'wst-21,West channel,53.8803,8.5512,2.11\nwst-22,West buoy,53.8840,8.5390,2.12\n';

export function wreckedFile() {
  const s = openSession({
    id: 'd9b7f640-12ce-4f8a-a6d1-e03c5b9472fa', version: '2.1.329', cwd, branch: 'main', model: 'claude-opus-5', start: '2026-11-17T15:48:52Z', files,
  });
  s.prompt('Add the two western stations from the harbour office: wst-21 West channel 53.8803 8.5512 datum 2.11, wst-22 West buoy 53.8840 8.5390 datum 2.12.');
  s.step({ calls: [read('data/stations.csv')] });
  s.title('Western stations, and upper-case ids');
  s.step({ calls: [edit('data/stations.csv', 'isl-11,Island pier,53.9444,8.6033,2.21\n', `isl-11,Island pier,53.9444,8.6033,2.21\n${added}`)] });
  s.step({ say: 'Added at the end of `data/stations.csv`.' });
  s.endTurn();

  s.wait(2.4);
  s.prompt('Now make all ids upper case, the office writes them like that.');
  s.step({
    calls: [
      bash("awk -F, 'BEGIN{OFS=\",\"} NR>1{$1=toupper($1)} {print}' data/stations.csv > data/stations.csv && wc -l data/stations.csv", {
        description: 'Turn the ids to upper case',
        stdout: '0 data/stations.csv',
        changes: { 'data/stations.csv': '' },
        ms: 35,
      }),
    ],
  });
  s.step({
    think: 'Zero lines. The shell opened the file for writing before awk read it. The two new stations were not committed, so git has only the old six lines.',
    say: 'That was my mistake: the redirection emptied the file before `awk` had read it. I fetch it back from git.',
    calls: [bash('git checkout -- data/stations.csv', { description: 'Restore the committed file', rejected: 'the western stations are not committed, you would lose them. You have read the file, write it back.', ms: 21_400 })],
  });
  s.step({
    say: 'You are right, git does not have them. I write back what I read, with the two stations, and the ids in upper case.',
    calls: [write('data/stations.csv', `${stations}${added}`.replaceAll(/^[a-z]{3}(?=-\d)/gm, (id) => id.toUpperCase()))],
  });
  s.step({ calls: [bash('wc -l data/stations.csv && cut -d, -f1 data/stations.csv | tail -3', { description: 'Check the result', stdout: '9 data/stations.csv\nISL-11\nWST-21\nWST-22', ms: 18 })] });
  s.step({ say: 'All eight stations are there, with upper-case ids. To be safe from this in future: write to another file first, then move it.' });
  s.endTurn();

  s.wait(1.1);
  s.prompt('Check that nothing in the code still asks for lower-case ids.');
  s.step({ calls: [bash('grep -rnE "[a-z]{3}-[0-9]{2}" --include=*.py --include=*.md .', { description: 'Look for lower-case ids', stdout: 'README.md:3:`tidetable hvn-01` prints the next high and low waters.', ms: 44 })] });
  return s.session;
}
