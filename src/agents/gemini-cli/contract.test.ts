// What every adapter must hold, on sessions of every version that was run or written by hand.
import path from 'node:path';
import { describeAdapter, goldenSamples } from '../contract.ts';
import { geminiCli } from './index.ts';

describeAdapter(geminiCli, goldenSamples(geminiCli, path.join(import.meta.dirname, 'golden')));
