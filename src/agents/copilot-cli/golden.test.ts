// What the adapter makes of a session written by hand after real ones; see SOURCES.md.
import path from 'node:path';
import { describeGoldens } from '../shared/golden.ts';
import { copilotCli } from './index.ts';

describeGoldens(copilotCli, path.join(import.meta.dirname, 'golden'));
