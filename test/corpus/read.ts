// A case of the truth corpus: one trap, the sessions that hold it, and the right answer with its reason, in case.md.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Tokens } from '../../src/index.ts';

export interface Answer {
  readonly sessions?: number;
  readonly messages: number;
  readonly apiErrors?: number;
  readonly tokens: Readonly<Record<string, Tokens>>;
  /** Micro-dollars. */
  readonly cost: number;
  readonly highest?: number;
  /** Tokens without a price. */
  readonly unpriced?: number;
  readonly reported?: number;
  readonly lowerBound?: boolean;
  readonly bySession?: Readonly<Record<string, number>>;
  /** By time zone and day. */
  readonly days?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** A folder that is named to `clew import`: agents' own places are looked at otherwise. */
  readonly import?: string;
  /** The user's settings. */
  readonly config?: object;
}

export interface Case {
  readonly name: string;
  readonly title: string;
  readonly home: string;
  readonly answer: Answer;
}

const folder = path.join(import.meta.dirname, 'cases');

export const cases: readonly Case[] = readdirSync(folder)
  .toSorted()
  .map((name) => {
    const text = readFileSync(path.join(folder, name, 'case.md'), 'utf8');
    const json = /```json\n([^]*?)```/.exec(text)?.[1] ?? '';
    return {
      name,
      title: /^# (.*)/.exec(text)?.[1] ?? name,
      home: path.join(folder, name, 'home'),
      answer: JSON.parse(json) as Answer,
    };
  });
