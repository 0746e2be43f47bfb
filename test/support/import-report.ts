// Imports a home in a process of its own and prints what could not be read, for tests that need another user.
import { openClew } from '../../src/index.ts';

const home = process.env['TEST_HOME'] ?? '';
const clewHome = process.env['TEST_CLEW'] ?? '';
const clew = openClew({
  context: { env: {}, home, clewHome, cwd: clewHome, machine: 'test-machine', now: Date.now },
});
const { failures } = await clew.import();
const { checks } = await clew.doctor();
const unreadable = checks.filter((check) => check.name === 'unreadable').map((check) => check.message);
console.log(JSON.stringify({ failures, unreadable, sessions: clew.sessions().length }));
clew.close();
