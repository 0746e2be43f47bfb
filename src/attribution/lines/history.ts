// The history of one file, under all its names, in order of time: each state on the disk and each commit becomes a content
// with a claim on every line. A state comes out of the one before it, a commit out of its parents; what is new in it is of
// whoever was at work then, unless it was written before and git or clew brought it back.
import { missingIn, mostAlike, sameText } from './alike.ts';
import { operationAuthor } from './claims.ts';
import type { Claims } from './claims.ts';
import type { Edit } from './edits.ts';
import { diskKey } from './file-history.ts';
import type { Attributed, FileHistory, Followed } from './file-history.ts';
import type { Changed, Commit } from './graph.ts';
import { inOrder } from './order.ts';
import { createOrigins, telling, unmistakable } from './origins.ts';
import type { Draft, Verdict } from './origins.ts';
import { createPool } from './pool.ts';
import type { Known, Match } from './pool.ts';
import type { Doing, Effect, Step } from './steps.ts';
import type { Text, Texts } from './text.ts';
import type { Made } from './windows.ts';

export function follow(history: FileHistory, claims: Claims, texts: Texts): Followed {
  const { commits, changes, windows, textOf } = history;
  const origins = createOrigins(claims, texts);
  const pool = createPool();
  const unknown = claims.of(['unknown']);
  const older = claims.of(['older']);
  const disk = new Map<string, Known>();
  /** What the file was at the beginning of the step that was looked at last, where that changed it. */
  const before = new Map<string, Known | undefined>();
  const done = new Map<string, Attributed[]>();
  const blobs = new Map<string, Known>();

  for (const [key, oid] of history.initial) {
    const state = known(oid);
    if (state) disk.set(key, { ...state, of: 'disk' });
  }
  for (const event of inOrder(history)) {
    if (typeof event === 'string') commit(event);
    else if ('pieces' in event) edit(event);
    else step(event);
  }
  return { commits: done, disk };

  /** A content of which nothing is known yet: it was there before what is looked at. */
  function known(oid: string | null | undefined): Known | undefined {
    if (oid === null || oid === undefined) return undefined;
    const found = blobs.get(oid);
    if (found) return found;
    const text = textOf(oid);
    if (!text) return undefined;
    const [same] = pool.equal(text);
    if (same) return same;
    const one: Known = { text, claims: new Int32Array(text.ids.length).fill(older), of: 'commit' };
    blobs.set(oid, one);
    pool.add(one, text.ids.keys());
    return one;
  }

  function edit({ operation, pieces }: Edit): void {
    const by = claims.of([operationAuthor(operation)]);
    for (const { content, added } of pieces) {
      const text = texts.of(content);
      if (!text) continue;
      const claimed = new Int32Array(text.ids.length).fill(unknown);
      for (const line of added) claimed[line] = by;
      pool.add({ text, claims: claimed, of: 'edit' }, added);
    }
  }

  function step(one: Step): void {
    const effects = history.effects.get(one.checkpoint) ?? [];
    before.clear();
    const states = effects.map((effect) => {
      const key = diskKey(one.root, effect.path);
      const there = disk.get(key);
      const text = effect.before === null ? undefined : textOf(effect.before);
      const state = there && text && sameText(there.text, text) ? there : known(effect.before);
      before.set(key, state);
      return state;
    });
    const gone = states.filter((state, i) => effects[i]?.after === null && state !== undefined) as Known[];
    for (const [i, effect] of effects.entries()) {
      const key = diskKey(one.root, effect.path);
      const text = effect.after === null ? undefined : textOf(effect.after);
      const base = states[i];
      if (!text) {
        if (base && windows.touched.has(one)) pool.putAway(base, base.text.ids.keys());
        disk.delete(key);
        continue;
      }
      disk.set(key, state(one, effect, base ?? mostAlike(text, gone), text));
    }
  }

  function state(one: Step, effect: Effect, base: Known | undefined, text: Text): Known {
    const by = claims.of(effect.authors);
    const draft = origins.inherit(base, text, by);
    const fresh = [...draft.open];
    const isTouched = windows.touched.has(one);
    if (!effect.isEdit) {
      const same = pool.equal(text);
      const heads = isTouched && one.head !== null ? at(one.head, effect.path) : [];
      if (effect.isOwn || isTouched) {
        for (const head of heads)
          if (sameText(head.text, text)) origins.fromEqual(draft, [head], by, true);
          else origins.fromEither(draft, [head], by);
        origins.fromEqual(draft, same, by, true);
      }
      origins.fromPool(draft, pool, by, (match) => backFrom(match, text), 'away');
      origins.fromEqual(draft, same, by, origins.weightOf(text, draft.open) >= unmistakable);
      if (effect.isOwn) origins.fromPool(draft, pool, by, () => 'sure');
      else origins.fromPool(draft, pool, by, (match) => ofCommit(match, text, base));
      // What git may have brought from where nothing is known of.
      if (isTouched && heads.length === 0)
        for (const line of draft.open)
          if (texts.weight(text.ids[line] ?? 0) < telling) draft.claims[line] = claims.either(by, unknown);
    }
    if (base && !effect.isOwn) origins.reword(draft, base);
    if (isTouched && base) pool.putAway(base, missingIn(base.text, text));
    const result: Known = { text, claims: draft.claims, of: 'disk' };
    pool.add(result, fresh);
    return result;
  }

  function weigh({ start, end }: Match, text: Text): number {
    let sum = 0;
    for (let i = start; i < end; i++) sum += texts.weight(text.ids[i] ?? 0);
    return sum;
  }

  /** Lines that git put away: brought back they stand where they stood. */
  function backFrom(match: Match, text: Text): Verdict {
    const weight = weigh(match, text);
    return weight >= unmistakable || (weight >= telling && match.around > 1) ? 'sure' : 'maybe';
  }

  /** Lines that some commit has, such as one of another branch, which git can put on the disk without a word. */
  function ofCommit(match: Match, text: Text, base: Known | undefined): Verdict {
    const weight = weigh(match, text);
    if (match.known.of !== 'commit' || weight < telling) return 'no';
    // What still stands there was copied.
    const stretch = text.ids.subarray(match.start, match.end);
    if (base && stretch.every((id) => base.text.ids.includes(id))) return 'no';
    return verdict(weight, match);
  }

  /** What is seen again with nothing around it that was there before was written again, unless it is unmistakable. */
  function verdict(weight: number, { around, known }: Match): Verdict {
    if (weight >= unmistakable || (known.of === 'edit' && weight >= telling && around > 0)) return 'sure';
    return weight >= telling && around > 0 ? 'maybe' : 'no';
  }

  /** The file as it may have been in a commit, the nearest first. */
  function at(sha: string, path: string): Known[] {
    const found: Known[] = [];
    const seen = new Set<string>();
    const next = [sha];
    for (let id = next.shift(); id !== undefined && found.length < 2; id = next.shift()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const here = changes.get(id)?.find((one) => one.path === path || one.from === path);
      if (!here) next.push(...(commits.get(id)?.parents ?? []));
      else if (here.path === path) {
        commit(id);
        const content = known(here.after);
        if (content) found.push(content);
      }
    }
    return found;
  }

  function commit(sha: string): void {
    if (done.has(sha)) return;
    done.set(sha, []);
    const one = commits.get(sha);
    const attributed = (changes.get(sha) ?? []).flatMap((file) => {
      const text = file.after === null ? undefined : textOf(file.after);
      return one && text && file.after !== null ? [content(one, file, file.after, text)] : [];
    });
    done.set(sha, attributed);
  }

  function content(one: Commit, file: Changed, oid: string, text: Text): Attributed {
    const made: Made = windows.made.get(one.sha) ?? 'foreign';
    const by = made === 'foreign' ? unknown : (madeBy(one.sha, file.path) ?? unknown);
    const [same, ...others] = file.before.map((blob, i) => inParent(one, blob, i, file.from));
    const base = same ?? (file.before[0] === null ? mostAlike(text, goneIn(one)) : undefined);
    const draft = origins.inherit(base, text, by);
    if (others.length > 0) {
      origins.fromEither(
        draft,
        others.filter((other) => other !== undefined),
        by,
      );
      for (const line of draft.changed) if (!draft.open.has(line)) draft.changed.delete(line);
    }
    const fresh = new Set(draft.open);
    const result: Attributed = { path: file.path, claims: draft.claims, changed: draft.changed, text };
    // What has other white space, or could be new, is told better by the states in which it came.
    for (const line of draft.changed) draft.open.add(line);
    const inherited = draft.claims.slice();
    if (made === 'written') written(one, file, draft, by);
    else brought(one, file, draft, made, by);
    for (const line of draft.open) if (!fresh.has(line)) draft.claims[line] = inherited[line] ?? unknown;
    const kept: Known = { text, claims: draft.claims, of: 'commit' };
    const twin = blobs.get(oid);
    if (twin && sameText(twin.text, text))
      for (const line of kept.claims.keys())
        kept.claims[line] = claims.either(kept.claims[line] ?? unknown, twin.claims[line] ?? unknown);
    blobs.set(oid, kept);
    pool.add(kept, fresh);
    return result;
  }

  function inParent(one: Commit, blob: string | null, parent: number, path: string): Known | undefined {
    // A parent that is told later in the order of time is told now.
    if (blob !== null && !blobs.has(blob)) at(one.parents[parent] ?? '', path);
    return known(blob);
  }

  /** Files that went in the same commit: one that came may be one of them, though git did not see it. */
  function goneIn(one: Commit): Known[] {
    return (changes.get(one.sha) ?? []).flatMap(({ path, before: [blob = null], after }) =>
      after === null ? (inParent(one, blob, 0, path) ?? []) : [],
    );
  }

  /** Whoever was at work on the file when a commit was made. */
  function madeBy(sha: string, path: string): number | undefined {
    const doings = (windows.stepsOf.get(sha) ?? []).map((step): Doing => {
      const effect = history.effects.get(step.checkpoint)?.find((it) => it.path === path);
      return effect ?? step;
    });
    const [first, ...others] = doings.filter(({ isOwn }) => !isOwn).map(({ authors }) => claims.of(authors));
    return first === undefined ? undefined : others.reduce(claims.either, first);
  }

  /** What was committed out of the working tree: all of it lay there, at the beginning or at the end. */
  function written(one: Commit, file: Changed, draft: Draft, by: number): void {
    const root = windows.rootOf.get(one.sha);
    const near =
      root === undefined ? [] : [before.get(diskKey(root, file.path)), disk.get(diskKey(root, file.path))];
    const states = [...new Set(near)].filter((state) => state !== undefined);
    const same = states.filter((state) => sameText(state.text, draft.text));
    origins.fromEqual(draft, same, by, true);
    origins.fromEqual(draft, pool.equal(draft.text), by, true);
    origins.fromEither(draft, states, by);
    origins.fromPool(draft, pool, by, (match) => verdict(weigh(match, draft.text), match));
  }

  /** What git made out of other commits, here or elsewhere. */
  function brought(one: Commit, file: Changed, draft: Draft, made: Made, by: number): void {
    origins.fromEqual(draft, pool.equal(draft.text), by, true);
    origins.fromEither(draft, copiesOf(one, file), by);
    origins.fromPool(draft, pool, by, (match) => {
      if (made === 'copied') return 'sure';
      const weight = weigh(match, draft.text);
      return weight >= unmistakable && match.end - match.start > 1 ? 'sure' : 'maybe';
    });
    for (const line of draft.open)
      if (texts.weight(draft.text.ids[line] ?? 0) < telling || made === 'foreign')
        draft.claims[line] = claims.either(by, unknown);
  }

  /** The same commit in other places: written by the same person at the same second. */
  function copiesOf(one: Commit, file: Changed): Known[] {
    const found: Known[] = [];
    for (const [sha, files] of changes) {
      const other = commits.get(sha);
      if (sha === one.sha || other?.written !== one.written || (done.get(sha)?.length ?? 0) === 0) continue;
      const same = known(files.find((it) => it.path === file.path || it.path === file.from)?.after);
      if (same) found.push(same);
    }
    return found.slice(-3);
  }
}
