// What every adapter must hold, on sessions written by hand after real ones.
import path from 'node:path';
import { describeAdapter, goldenSamples } from '../contract.ts';
import { copilotCli } from './index.ts';

describeAdapter(copilotCli, goldenSamples(copilotCli, path.join(import.meta.dirname, 'golden')));
