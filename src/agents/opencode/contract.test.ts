// OpenCode's adapter keeps what every adapter must hold.
import path from 'node:path';
import { describeAdapter, goldenSamples } from '../contract.ts';
import { openCode } from './index.ts';

describeAdapter(openCode, goldenSamples(openCode, path.join(import.meta.dirname, 'golden')));
