// What every adapter must hold, on logs of each vocabulary, and on the files beside them.
import path from 'node:path';
import { describeAdapter, goldenSamples } from '../contract.ts';
import { subagentTracking } from './index.ts';

describeAdapter(subagentTracking, goldenSamples(subagentTracking, path.join(import.meta.dirname, 'golden')));
