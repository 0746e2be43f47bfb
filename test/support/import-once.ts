// A process that imports a home once, for tests that run several or kill them.
import { openClew } from '../../src/index.ts';

const home = process.env['TEST_HOME'] ?? '';
const clewHome = process.env['TEST_CLEW'] ?? '';
const clew = openClew({
  context: { env: {}, home, clewHome, cwd: home, machine: 'test-machine', now: Date.now },
});
await clew.import({ waitMs: 120_000 });
clew.close();
