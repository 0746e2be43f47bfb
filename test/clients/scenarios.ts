// What the model does in each session of this test. Every step that ends in tool calls is a turn of the agent's loop;
// `becomes` is what clew must say of the call.
import type { Scenarios } from './stub/scenario.ts';

const bash = (command: string, description: string) => ({ tool: 'Bash', input: { command, description } });
const read = (file: string) => ({ tool: 'Read', input: { file_path: `{work}/${file}` } });
const write = (file: string, content: string) => ({
  tool: 'Write',
  input: { file_path: `{work}/${file}`, content },
});
const edit = (file: string, from: string, to: string) => ({
  tool: 'Edit',
  input: { file_path: `{work}/${file}`, old_string: from, new_string: to },
});
const subagent = (description: string, scenario: string, kind = 'general-purpose') => ({
  tool: 'Agent',
  input: {
    description,
    prompt: `Please do your part. [[scenario:${scenario}]]`,
    subagent_type: kind,
    run_in_background: false,
  },
});

export const scenarios: Scenarios = {
  // The long one. It waits before its first answer, so that there is time to start following it.
  tools: [
    {
      waitMs: 1200,
      think: 'A file first.',
      say: 'I write a file.',
      calls: [write('list.txt', 'one\ntwo\nthree\n')],
    },
    { say: 'Now a change.', calls: [edit('list.txt', 'two', 'TWO')] },
    { calls: [bash("printf 'four\\n' >> list.txt && cp list.txt copy.txt && wc -l list.txt", 'Append')] },
    { say: 'Two at once.', calls: [read('list.txt'), read('copy.txt')] },
    { say: 'No such file.', calls: [{ ...read('missing.txt'), becomes: 'failed' }] },
    { calls: [{ ...bash('echo trouble >&2; exit 3', 'Fail'), becomes: 'failed' }] },
    { say: 'No such text.', calls: [{ ...edit('list.txt', 'not in there', 'x'), becomes: 'failed' }] },
    { calls: [{ tool: 'Teleport', input: { where: 'elsewhere' }, becomes: 'failed' }] },
    { say: 'Against the rules.', calls: [{ ...bash('echo forbidden fruit', 'Taste'), becomes: 'blocked' }] },
    { say: 'A subagent.', calls: [subagent('Look around', 'look')] },
    { say: 'Two more.', calls: [subagent('Count lines', 'count'), subagent('Leave a note', 'note')] },
    {
      calls: [
        { tool: 'Bash', input: { ...bash('sleep 0.4; echo late', 'Wait').input, run_in_background: true } },
      ],
    },
    { say: 'All is done.' },
  ],
  look: [
    { say: 'I look.', calls: [read('list.txt')], usage: { input: 21, output: 121 } },
    { calls: [bash('ls', 'List')], usage: { input: 22, output: 122 } },
    { say: 'There is a list and its copy.', usage: { input: 23, output: 123 } },
  ],
  count: [
    { calls: [bash('grep -c . list.txt', 'Count')], usage: { input: 31, output: 131 } },
    { say: 'Four lines.', usage: { input: 32, output: 132 } },
  ],
  note: [
    { calls: [write('note.txt', 'Seen by the subagent.\n')], usage: { input: 41, output: 141 } },
    { calls: [{ ...bash('cat nowhere.txt', 'Fail'), becomes: 'failed' }], usage: { input: 42, output: 142 } },
    { say: 'Noted.', usage: { input: 43, output: 143 } },
  ],
  // Goes on with the session of `tools`: in it, and in a fork of it.
  more: [{ say: 'On we go.', calls: [edit('list.txt', 'three', 'THREE')] }, { say: 'Went on.' }],
  branch: [{ say: 'Elsewhere.', calls: [write('branch.txt', 'of the fork\n')] }, { say: 'Branched off.' }],
  // The server has trouble.
  overloaded: [
    { say: 'Before.', calls: [bash('echo before', 'Say')] },
    { fails: { status: 529, type: 'overloaded_error', message: 'Overloaded', times: 2 } },
    { say: 'Got through.', calls: [bash('echo after', 'Say')] },
    { say: 'Done after all.' },
  ],
  refused: [
    { say: 'Before.', calls: [bash('echo before', 'Say')] },
    { fails: { status: 400, type: 'invalid_request_error', message: 'the stub refuses this' } },
  ],
  // Is compacted afterwards, and gone on with.
  talk: [{ say: 'A file.', calls: [write('talk.txt', 'small talk\n')] }, { say: 'There it is.' }],
  after: [{ say: 'And on.', calls: [read('talk.txt')] }, { say: 'Still there.' }],
  // Print mode has nobody to ask, and says no.
  asks: [
    { say: 'May I?', calls: [{ ...write('unasked.txt', 'no\n'), becomes: 'blocked' }] },
    { calls: [{ ...bash('mkdir unasked', 'Make'), becomes: 'blocked' }] },
    { say: 'Not allowed, then.' },
  ],
  // One session of three turns, that is branched after the second and in the middle of it.
  first: [
    { think: 'To begin with.', say: 'A file.', calls: [write('steps.txt', 'one\n')] },
    { say: 'The first step.' },
  ],
  second: [
    {
      say: 'Three at once.',
      calls: [read('steps.txt'), bash('echo two', 'Say'), bash('sleep 0.2; ls', 'List')],
    },
    { calls: [{ ...read('missing.txt'), becomes: 'failed' }] },
    { say: 'The second step.' },
  ],
  third: [{ calls: [bash('echo three', 'Say')] }, { say: 'The third step.' }],
  later: [{ say: 'Later on.' }],
  compacted: [{ say: 'Behind the summary.' }],
  left: [{ calls: [bash('echo left', 'Say')] }, { say: 'To the left.' }],
  right: [{ say: 'To the right.' }],
  middle: [{ say: 'From the middle.' }],
  // Is gone on with though its file is gone, or torn.
  kept: [
    { think: 'To be kept.', say: 'Two at once.', calls: [bash('echo kept', 'Say'), read('list.txt')] },
    { calls: [bash('echo also', 'Say')] },
    { say: 'Kept.' },
  ],
  native: [{ say: 'By the client.' }],
  // Is started inside of a session that is kept by hand.
  inside: [{ calls: [bash('echo inside', 'Say')] }, { say: 'Inside of it.' }],
  // Calls clew's server; the prompt is one of the user's own commands in the last.
  'before-mcp': [{ say: 'Once there was marmalade.' }],
  mcp: [
    { say: 'What was there?', calls: [{ tool: 'mcp__clew__search', input: { words: 'marmalade' } }] },
    {
      calls: [
        {
          tool: 'mcp__clew__record_decision',
          input: { question: 'Which spread?', selected: 'marmalade', rationale: 'it was there before' },
        },
        { tool: 'mcp__clew__start_work', input: { issue: 'ABC-77' } },
      ],
    },
    {
      calls: [{ tool: 'mcp__clew__session', input: { session: 'no-such-session' }, becomes: 'failed' }],
    },
    { say: 'It is kept.' },
  ],
  'own-command': [{ say: 'As you say.' }],
  deleted: [{ say: 'From the copy.' }],
  torn: [{ say: 'Without the end.' }],
  // Is killed while the command runs.
  killed: [
    { say: 'First this.', calls: [bash('echo quick', 'Say')] },
    {
      say: 'A long wait.',
      calls: [{ ...bash('echo $$ > slow.pid; exec sleep 60', 'Wait'), becomes: 'interrupted' }],
    },
  ],
};
