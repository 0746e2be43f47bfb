// The built-in rules, most specific first: where two find the same secret, the first one names it.
import type { Rule } from '../rule.ts';
import { assignment } from './assignment.ts';
import { privateKey } from './private-key.ts';
import { providerRules } from './providers.ts';
import { structuredRules } from './structured.ts';

export const builtInRules: readonly Rule[] = [...providerRules, privateKey, ...structuredRules, assignment];
