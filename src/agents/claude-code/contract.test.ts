// What every adapter must hold, on sessions of every version that was run.
import path from 'node:path';
import { describeAdapter, goldenSamples } from '../contract.ts';
import { claudeCode } from './index.ts';

describeAdapter(claudeCode, goldenSamples(claudeCode, path.join(import.meta.dirname, 'golden')));
