// What every adapter must hold, on sessions of every form that rollouts had.
import path from 'node:path';
import { describeAdapter, goldenSamples } from '../contract.ts';
import { codex } from './index.ts';

describeAdapter(codex, goldenSamples(codex, path.join(import.meta.dirname, 'golden')));
