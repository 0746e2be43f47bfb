// What can be said of a session, at its start and later: the flags of both.
import { requireModelTier } from '../../../model/index.ts';
import type { ClewError } from '../../../model/index.ts';
import { numberValue } from '../../flags.ts';
import { UsageError } from '../../usage-error.ts';
import { jsonObject } from './json-object.ts';

function tierValue(text: string, flag: string): string {
  try {
    return requireModelTier(text).given;
  } catch (error) {
    throw new UsageError(`${flag} "${text}" is not known`, (error as ClewError).hint);
  }
}

function temperatureValue(text: string, flag: string): number {
  const value = numberValue(text, flag);
  if (value >= 0) return value;
  throw new UsageError(`${flag} is ${value}`, 'it is a number from 0 on');
}

export const saidFlags = {
  goal: { help: 'What it is for', value: 'TEXT', short: 'g' },
  'agent-version': { help: 'The version or the model of the agent', value: 'VERSION' },
  model: { help: 'The model', value: 'MODEL' },
  'model-tier': {
    help: '1 to 4, weak, base or strong, or a model such as sonnet',
    value: 'TIER',
    read: tierValue,
  },
  temperature: { help: 'The temperature', value: 'NUMBER', read: temperatureValue },
  metadata: { help: 'A JSON object that is kept with it', value: 'JSON', read: jsonObject },
} as const;
