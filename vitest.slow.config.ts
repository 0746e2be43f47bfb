import { defineConfig } from 'vitest/config';

/** The suites that take minutes: kill -9 at full count, huge lines, full disks. */
export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    include: ['test/**/*.slow.test.ts'],
    testTimeout: 600_000,
    fileParallelism: false,
  },
});
