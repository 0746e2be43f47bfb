// What the adapter makes of small sessions; see SOURCES.md for where they come from.
import path from 'node:path';
import { describeGoldens } from '../shared/golden.ts';
import { geminiCli } from './index.ts';

describeGoldens(geminiCli, path.join(import.meta.dirname, 'golden'));
