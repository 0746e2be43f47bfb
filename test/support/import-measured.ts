// Imports a home in a process of its own and prints the most memory that it held, in MB.
import { openClew } from '../../src/index.ts';

const home = process.env['TEST_HOME'] ?? '';
const clew = openClew({
  context: {
    env: {},
    home,
    clewHome: process.env['TEST_CLEW'] ?? '',
    cwd: home,
    machine: 'test-machine',
    now: Date.now,
  },
});
await clew.import();
clew.close();
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
