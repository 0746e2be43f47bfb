// What every tracker must hold, whatever keeps its issues: run by each implementation's test on small trackers of every kind
// that it reads. Only for tests.
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { issueStates } from '../model/index.ts';
import { issueCapabilities } from './tracker.ts';
import type { Issue, IssueCapability, Surroundings, Tracker, TrackerKind } from './tracker.ts';

/** A project with a tracker in it. */
export interface TrackerSample {
  readonly name: string;
  /** Makes it in an empty folder; gives what it is to be looked for with, and what ends it. */
  readonly make: (folder: string) => Promise<{
    readonly surroundings?: Partial<Surroundings>;
    readonly end?: () => Promise<void>;
  } | void>;
  /** What of an issue the sample holds; all that the tracker is capable of, where left out. */
  readonly without?: readonly IssueCapability[];
  /** Damages it, where that can be told from an empty one. */
  readonly damage?: (folder: string) => void;
}

export function describeTracker(kind: TrackerKind, samples: readonly TrackerSample[]): void {
  describe.each(samples)(`${kind.name} keeps the contract: $name`, (sample) => {
    async function made(): Promise<{
      folder: string;
      tracker: Tracker;
      again: (from: string) => Tracker | undefined;
    }> {
      const folder = path.join(tempFolder(), 'project');
      mkdirSync(path.join(folder, '.git'), { recursive: true });
      mkdirSync(path.join(folder, 'deep', 'inside'), { recursive: true });
      const { surroundings = {}, end } = (await sample.make(folder)) ?? {};
      if (end) onTestFinished(end, 60_000);
      const find = (from: string): Tracker | undefined =>
        kind.find(from, { env: {}, home: path.join(folder, '..'), ...surroundings });
      const tracker = find(folder);
      if (!tracker) throw new Error(`${sample.name}: not found in ${folder}`);
      return { folder, tracker, again: find };
    }

    test('it is found from anywhere in the project, and not elsewhere', async () => {
      const { folder, tracker, again } = await made();
      expect(again(path.join(folder, 'deep', 'inside'))?.place).toBe(tracker.place);
      expect(tracker.project).toBe(folder);
      expect(kind.find(tempFolder(), { env: {}, home: '/nowhere' })).toBeUndefined();
    });

    test('issues are whole', async () => {
      const { tracker } = await made();
      const all = await tracker.list();
      expect(all.length).toBeGreaterThan(1);
      expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
      expect(all.flatMap((one) => faultsOf(one))).toEqual([]);
    });

    test('one alone is as it is among the others', async () => {
      const { tracker } = await made();
      const all = await tracker.list();
      for (const issue of all) expect(await tracker.get(issue.id)).toEqual(issue);
      expect(await tracker.get('no-such1')).toBeUndefined();
      expect(await tracker.list()).toEqual(all);
    });

    test('it holds what it says that it can tell, and nothing else', async () => {
      const { tracker } = await made();
      const all = await tracker.list();
      const told = issueCapabilities.filter((name) => all.some((one) => isTold(one, name)));
      const expected = tracker.capabilities.filter((name) => !sample.without?.includes(name));
      expect(told.toSorted()).toEqual(expected.toSorted());
    });

    test('reading changes nothing', async () => {
      const { folder, tracker } = await made();
      const before = filesIn(folder);
      await tracker.list();
      await tracker.get('no-such1');
      await tracker.warnings();
      expect(filesIn(folder)).toEqual(before);
    });

    test.each(sample.damage ? [sample.damage] : [])(
      'what is damaged is told with its place',
      async (damage) => {
        const { folder, tracker } = await made();
        damage(folder);
        await expect(tracker.list()).rejects.toMatchObject({
          code: 'UNREADABLE',
          message: expect.stringContaining(folder) as string,
        });
      },
    );
  });
}

const isTold = (issue: Issue, name: IssueCapability): boolean => {
  const value = issue[name];
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== 0;
};

function faultsOf(issue: Issue): string[] {
  const times = [issue.createdAt, issue.updatedAt, issue.closedAt].filter((at) => at !== null);
  return [
    issue.id.trim() === '' ? 'no id' : '',
    issue.title.trim() === '' ? 'no title' : '',
    issue.status === '' ? 'no status' : '',
    issueStates.includes(issue.state) ? '' : `state ${issue.state}`,
    times.every((at) => new Date(at).toISOString() === at) ? '' : `times ${times.join(', ')}`,
    issue.dependencies.every(({ id, type }) => id !== '' && type !== '') ? '' : 'a dependency on nothing',
  ]
    .filter(Boolean)
    .map((fault) => `${issue.id}: ${fault}`);
}

function tempFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-tracker-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Names, contents and times of change of all files. */
function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    files.map((name) => {
      const at = path.join(folder, name);
      const stat = lstatSync(at);
      const contents = stat.isFile() ? readFileSync(at).toString('base64') : '';
      return [name, `${stat.mtimeMs} ${contents}`];
    }),
  );
}
