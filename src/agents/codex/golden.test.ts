// What the adapter makes of small sessions of every form that rollouts had: 0.47 and 0.169 by running them, the others
// written by hand after records seen in data.
import path from 'node:path';
import { describeGoldens } from '../shared/golden.ts';
import { codex } from './index.ts';

describeGoldens(codex, path.join(import.meta.dirname, 'golden'));
