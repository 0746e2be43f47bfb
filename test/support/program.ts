// The program as users start it, built: `npm test` builds first. From the sources each start would take ten times as long.
import path from 'node:path';

export const program = path.join(import.meta.dirname, '..', '..', 'bin', 'clew.mjs');
