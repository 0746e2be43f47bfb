// Every change of a file is told of the call that made it, or of the calls among which it cannot be told; and each call
// can be taken back alone, which leaves what a run without it would have left.
import { ClewError, type Clew, type EffectRow } from '../../../src/index.ts';
import { readTranscripts } from '../client/transcripts.ts';
import type { World } from '../client/world.ts';
import { differences, filesOf, hashOfGit, ignoredOf, replay } from '../changes/reference.ts';
import type { Called, Done } from '../changes/run.ts';
import type { Report } from '../report.ts';

export function checkRan(world: World, { runs, calls }: Done, report: Report): void {
  report.equal(
    'ran every turn to its end',
    Object.values(runs).map((one) => one.code ?? one.signal),
    [0, 0, 'SIGKILL', 0],
  );
  const written = readTranscripts(world.home).calls;
  const wrong = [...calls.values()].filter(({ id, change: { call } }) => {
    const failed = written.get(id)?.failed;
    return failed !== (call.becomes === 'interrupted' ? undefined : call.becomes === 'failed');
  });
  report.equal(
    'had every call end as planned',
    wrong.map(({ change }) => change.name),
    [],
  );
}

/** Who was at work at the same time, as the commands themselves are made to be. */
const together: readonly (readonly string[])[] = [
  ['left', 'right', 'write left-write.txt', 'write right-write.txt'],
  ['beside', 'edit src/a.txt a eighteen', 'write beside-write.txt'],
];

/** Without files that were made and deleted again: the client writes beside a file and renames, and another's hook can see it. */
const lasting = (effects: readonly EffectRow[]): readonly EffectRow[] => {
  const deleted = new Set(effects.filter((one) => one.kind === 'delete').map((one) => one.path));
  const made = new Set(effects.filter((one) => one.kind === 'create').map((one) => one.path));
  return effects.filter((one) => !(made.has(one.path) && deleted.has(one.path)));
};

export function checkAttribution(world: World, clew: Clew, done: Done, report: Report): void {
  const { changed } = replay(world);
  const old = world.version.startsWith('1.');
  const told = (effects: readonly EffectRow[]) =>
    [...new Set(effects.map((one) => `${one.kind} ${one.path}`))].toSorted();
  const nameOf = (id: string) => done.named.get(id)?.change.name ?? id;

  const counts = { operation: 0, shared: 0, unknown: 0 };
  for (const [name, { id }] of done.calls) {
    const expected = [...(changed.get(name) ?? [])].toSorted();
    // Nobody knows whether a killed client of an old version still runs.
    const mates = together.find((one) => one.includes(name)) ?? (old ? [name, 'long'] : [name]);
    const effects = clew.effects(id);
    for (const one of effects) counts[one.by as keyof typeof counts]++;
    const lost = expected.filter((one) => !told(effects).includes(one));
    report.equal(`${name}: is told to have changed what it changed`, lost, []);
    const alone = lasting(effects.filter((one) => one.by === 'operation'));
    report.equal(
      `${name}: is told to have changed nothing else`,
      told(alone).filter((one) => !expected.includes(one)),
      [],
    );
    const shared = effects.filter((one) => one.by !== 'operation');
    const strangers = shared
      .filter((one) => name !== 'long' && !one.operations.every((other) => mates.includes(nameOf(other))))
      .map((one) => `${one.path} ${one.by} ${one.operations.map(nameOf).join(', ')}`);
    report.equal(`${name}: shares changes only with what ran beside it`, strangers, []);
  }
  const met = ['left', 'right'].map((name) =>
    clew
      .effects(done.calls.get(name)?.id ?? '')
      .filter((one) => one.path === `${name}.txt`)
      .map((one) => [one.by, one.operations.map(nameOf).toSorted()]),
  );
  const both = [['shared', ['left', 'right']]];
  report.equal('what two agents did at the same moment is shared by these two', met, [both, both]);
  const all = clew.checkpoints().flatMap((one) => clew.checkpoint(one.id).effects);
  const users = all.filter((one) => one.by === 'user');
  const expected = [...(changed.get('user') ?? [])].toSorted();
  const first = "user's: what the user changed between two turns, and nothing else";
  // What the user does behind a killed client cannot be told from what its command did.
  report.equal(
    first,
    told(users).filter((one) => !one.endsWith('after-kill.txt')),
    expected,
  );
  const afterKill = all.filter((one) => one.path === 'after-kill.txt');
  report.holds(
    'what the user did after the kill is not told of the killed call alone',
    afterKill.length === 1 && afterKill.every((one) => one.by !== 'operation'),
    afterKill.map((one) => [one.by, one.operations.map(nameOf)]),
  );
  console.log(
    `     changes: ${counts.operation} of one call, ${counts.shared} of several, ${counts.unknown} unknown${old ? ' (its hooks name no call)' : ''}`,
  );
}

/** Whatever is told is true, even if it is less than there was. */
export function checkClaims(world: World, clew: Clew, calls: readonly Called[], report: Report): void {
  const { changed } = replay(world);
  const truth = (id: string) => {
    const name = calls.find((one) => one.id === id)?.change.name ?? '';
    return changed.get(name) ?? [];
  };
  const points = clew.checkpoints();
  const effects = points.flatMap((one) => clew.checkpoint(one.id).effects);
  const wrong = effects.filter((one) => {
    const what = `${one.kind} ${one.path}`;
    return (
      one.by === 'user' || (one.by !== 'unknown' && !one.operations.some((id) => truth(id).includes(what)))
    );
  });
  const shown = wrong.map((one) => `${one.kind} ${one.path} ${one.by} ${one.operations.join(' ')}`);
  report.equal('no change is told of a call that did not make it', shown, []);
  const many = (by: string) => effects.filter((one) => one.by === by).length;
  const late = points.filter((one) => one.late).length;
  const none = points.filter((one) => one.tree === null).length;
  console.log(
    `     ${points.length} checkpoints, ${late} late, ${none} without files: changes ${many('operation')} of one call, ${many('shared')} shared, ${many('unknown')} unknown`,
  );
}

export async function checkUndo(world: World, clew: Clew, done: Done, report: Report): Promise<void> {
  const root = world.work;
  const whole = filesOf(root);
  const ignored = ignoredOf(root);
  const git = hashOfGit(root);
  report.equal('the reference, done whole, has the same files', differences(replay(world).files, whole), []);

  const tally = { exact: 0, refused: 0, nothing: 0 };
  const undoOne = async ({ id, change }: Called) => {
    const effects = clew.effects(id);
    const can = clew.undoState(id).canUndo;
    if (effects.length === 0) {
      tally.nothing++;
      const refused = await clew.undo(id).catch((error: unknown) => error);
      const code = refused instanceof ClewError ? refused.code : refused;
      report.equal(`undo ${change.name}: there is nothing to undo`, [can, code], [false, 'NO_CHECKPOINT']);
      report.equal(`undo ${change.name}: changes nothing then`, differences(whole, filesOf(root)), []);
      return;
    }
    const alone = effects.every((one) => one.by === 'operation');
    const dry = await clew.undo(id, { dryRun: true });
    report.equal(`undo ${change.name}: a dry run changes nothing`, differences(whole, filesOf(root)), []);
    const undone = await clew.undo(id);
    const now = filesOf(root);
    report.equal(`undo ${change.name}: is what was announced`, [undone.done, undone.files], [can, dry.files]);
    const wanted = replay(world, (name) => name === change.name).files;
    if (undone.done || (undone.conflicts.length === 0 && alone)) {
      tally[undone.done ? 'exact' : 'nothing']++;
      report.equal(`undo ${change.name}: leaves what a run without it leaves`, differences(wanted, now), []);
    } else {
      tally.refused++;
      report.holds(`undo ${change.name}: stops only at what is not its alone`, !alone, undone.conflicts);
      report.equal(`undo ${change.name}: changes nothing then`, differences(whole, now), []);
    }
    if (!undone.done) return;
    const redone = await clew.redo();
    report.holds(`redo ${change.name}: is done`, redone.done, redone.conflicts);
    report.equal(`redo ${change.name}: leaves what was there before`, differences(whole, filesOf(root)), []);
  };
  for (const one of done.calls.values()) await report.group(`undo ${one.change.name}`, () => undoOne(one));

  await report.group('undo the second turn', async () => {
    const { id } = done.calls.get('end')!;
    const turn = clew.operation(id).turn ?? '';
    const undone = await clew.undo(turn);
    const inIt = new Set(
      [...done.calls.values()]
        .filter(({ part }) => ['agents', 'alone', 'left', 'right'].includes(part))
        .map(({ change }) => change.name),
    );
    const wanted = replay(world, (name) => inIt.has(name)).files;
    report.holds('undo a turn: is done', undone.done, undone.conflicts);
    report.equal('undo a turn: agents and all', differences(wanted, filesOf(root)), []);
    await clew.redo();
    report.equal('redo a turn: leaves what was there before', differences(whole, filesOf(root)), []);
  });
  report.equal('undo and redo touch nothing that git ignores', ignoredOf(root), ignored);
  report.equal('undo, redo and checkpoints leave the git folder byte for byte', hashOfGit(root), git);
  console.log(
    `     undo: ${tally.exact} exact, ${tally.nothing} with nothing to take back, ${tally.refused} refused as not its alone`,
  );
}
