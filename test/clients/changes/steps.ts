// What the agent is asked to do to files, turn by turn: every way in which a tool can change them. Each call is told
// once, for the client to do and for the reference to do again without it.
import type { ScriptedCall, Scenarios, Step } from '../stub/scenario.ts';

export interface Change {
  readonly name: string;
  readonly call: ScriptedCall;
}

const command = (name: string, text: string, becomes?: ScriptedCall['becomes']): Change => {
  const call = { tool: 'Bash', input: { command: text, description: name }, ...(becomes ? { becomes } : {}) };
  return { name, call };
};
const at = (file: string) => ({ file_path: `{work}/${file}` });
const read = (file: string): Change => ({ name: `read ${file}`, call: { tool: 'Read', input: at(file) } });
const write = (file: string, content: string): Change => ({
  name: `write ${file}`,
  call: { tool: 'Write', input: { ...at(file), content } },
});
const edit = (file: string, from: string, to: string): Change => ({
  name: `edit ${file} ${to}`,
  call: { tool: 'Edit', input: { ...at(file), old_string: from, new_string: to } },
});
const agent = (scenario: string): Change => ({
  name: `agent ${scenario}`,
  call: {
    tool: 'Agent',
    input: {
      description: `Part ${scenario}`,
      prompt: `Please do your part. [[scenario:${scenario}]]`,
      subagent_type: 'general-purpose',
      run_in_background: false,
    },
  },
});

/** Done by the user before anything else. */
export const setUp = `
mkdir src docs fmt
for n in a b c; do for i in $(seq 1 20); do echo "$n $i."; done > src/$n.txt; done
printf 'dist/\\n*.log\\n' > .gitignore
echo old > old-name.txt; echo 'echo run' > run.sh; echo doomed > doomed.txt; echo text > docs/text.md
for i in 1 2 3 4; do printf 'c\\nb\\na %s\\n' $i > fmt/$i.txt; done
echo user > user.txt; echo spaced > 'with space.txt'
git add -A && git commit -q -m files
`;
/** Done by the user between the first turn and the second. */
export const userChange = `echo more >> user.txt; echo mine > mine.txt; rm 'with space.txt'`;
/** Done by the user when the client has been killed. */
export const afterKill = `echo 'after the kill' > after-kill.txt`;

/** Both commands of two agents are at work while each writes, if the client runs agents side by side at all. */
const meet = (mine: string, other: string): string =>
  `touch ../tmp/${mine}; for i in $(seq 1 30); do [ -e ../tmp/${other} ] && break; sleep 0.1; done; ` +
  `sleep 0.2; echo ${mine} > ${mine}.txt; sleep 0.3; touch ../tmp/${mine}-done; ` +
  `for i in $(seq 1 30); do [ -e ../tmp/${other}-done ] && break; sleep 0.1; done`;

/** Messages of the model by scenario, with the calls of each. */
export const changes = {
  work: [
    [
      command(
        'create',
        `mkdir -p new && echo one > new/one.txt && echo 2 > 'new/two words.txt' && ln -s one.txt new/link`,
      ),
    ],
    [command('sed', `sed -i 's/^a 3\\.$/a THREE/' src/a.txt`)],
    [command('move', 'mv old-name.txt moved.txt')],
    [command('mode', 'chmod +x run.sh')],
    [command('delete', 'rm doomed.txt && rm -r docs')],
    [command('format', 'for f in fmt/*.txt; do sort -o "$f" "$f"; done')],
    [
      command(
        'build',
        'mkdir -p dist gen && echo o > dist/out.o && echo l > build.log && echo g > gen/code.ts && echo r > report.txt',
      ),
    ],
    [command('fail', `echo part > partial.txt; sed -i 's/^b 2\\.$/b TWO/' src/b.txt; exit 3`, 'failed')],
    [read('src/a.txt')],
    [edit('src/a.txt', 'a 15.', 'a fifteen')],
    [write('src/new.txt', 'new\n')],
    [
      command('beside', `sleep 0.3; sed -i 's/^c 1\\.$/c ONE/' src/c.txt; echo b > beside.txt; sleep 0.2`),
      edit('src/a.txt', 'a 18.', 'a eighteen'),
      write('beside-write.txt', 'beside\n'),
    ],
    [command('commit', 'git add -A && git commit -q -m work')],
    [command('draft', `sed -i 's/^b 9\\.$/b NINE/' src/b.txt; echo draft > draft.txt`)],
    [command('stash', 'git stash -q -u')],
    [command('during', 'echo during > during.txt')],
    [command('pop', 'git stash pop -q')],
    [command('to a branch', 'git checkout -q -b feature')],
    [
      command(
        'on the branch',
        `echo f > feature.txt; sed -i 's/^c 15\\.$/c FIFTEEN/' src/c.txt; git add feature.txt src/c.txt; git commit -q -m feature`,
      ),
    ],
    [command('back', 'git checkout -q main')],
    [command('nothing', 'git status --short; true')],
  ],
  agents: [[agent('alone')], [agent('left'), agent('right')], [command('end', 'echo end > end.txt')]],
  alone: [[command('alone', 'echo alone > alone.txt')], [write('alone-write.txt', 'alone\n')]],
  left: [[command('left', meet('left', 'right'))], [write('left-write.txt', 'left\n')]],
  right: [[command('right', meet('right', 'left'))], [write('right-write.txt', 'right\n')]],
  killed: [
    [command('quick', 'echo quick > quick.txt')],
    [
      command(
        'long',
        'for i in 1 2 3; do echo $i > long-$i.txt; done; echo $$ > ../tmp/pid; exec sleep 60',
        'interrupted',
      ),
    ],
  ],
  later: [[command('later', 'echo later > later.txt')]],
} as const satisfies Record<string, readonly (readonly Change[])[]>;

export type Part = keyof typeof changes;
/** In the order in which they are done, as far as there is one. */
export const parts = [
  'work',
  'agents',
  'alone',
  'left',
  'right',
  'killed',
  'later',
] as const satisfies Part[];

const done: Step = { say: 'Done.' };
const scenarioOf = (part: Part): Step[] => [
  ...(changes[part] as readonly (readonly Change[])[]).map((message) => ({
    calls: message.map(({ call }) => call),
  })),
  done,
];
export const scenarios: Scenarios = Object.fromEntries(parts.map((part) => [part, scenarioOf(part)]));

export const changesOf = (part: Part): readonly Change[] =>
  (changes[part] as readonly (readonly Change[])[]).flat();
