// How capable a model was asked for. The scales in use (a number from 1 to 4, weak/base/strong, a model's family) are kept as
// they were given, and made one number to compare by.
import { ClewError } from './errors.ts';

export interface ModelTier {
  readonly given: string;
  /** 1 fast and cheap, 2 standard, 3 thinking, 4 expert. */
  readonly tier: 1 | 2 | 3 | 4;
  readonly strength: 'weak' | 'base' | 'strong';
}

/** Words in a tier or in a model's name, the first that fits. */
const words: readonly (readonly [RegExp, ModelTier['tier']])[] = [
  [/^(?:weak|fast)$|haiku|\bmini\b|nano|flash|lite/, 1],
  [/^expert$|^o\d-pro/, 4],
  [/^(?:strong|thinking)$|opus|\bpro\b|^o\d/, 3],
  [/^(?:base|standard)$|sonnet|gpt-/, 2],
];

const tierOf = (text: string): ModelTier['tier'] | undefined =>
  /^[1-4]$/.test(text) ? (Number(text) as ModelTier['tier']) : words.find(([word]) => word.test(text))?.[1];

const strengths = { 1: 'weak', 2: 'base', 3: 'strong', 4: 'strong' } as const;

/** What was given, and what it amounts to. Undefined for a word that says nothing of a tier. */
export function modelTier(given: string): ModelTier | undefined {
  const tier = tierOf(given.trim().toLowerCase());
  return tier && { given, tier, strength: strengths[tier] };
}

/** The same, of what a user gives: throws BAD_INPUT. */
export function requireModelTier(given: string): ModelTier {
  const found = modelTier(given);
  if (found) return found;
  throw new ClewError(
    'BAD_INPUT',
    `the model tier "${given}" is not known`,
    'it can be: 1, 2, 3, 4; weak, base, strong; haiku, sonnet, opus, or the name of such a model',
  );
}
