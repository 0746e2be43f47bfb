// What the adapter makes of small logs of each vocabulary; see SOURCES.md for where they come from.
import path from 'node:path';
import { describeGoldens } from '../shared/golden.ts';
import { subagentTracking } from './index.ts';

describeGoldens(subagentTracking, path.join(import.meta.dirname, 'golden'));
