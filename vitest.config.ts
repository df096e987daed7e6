import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { safetyTimeouts } from './test/support/safety-timeouts.ts';

/** The longest files wait for timeouts of the embedded stack, not for a processor: two side by side even on two cores. */
const maxWorkers = Math.max(2, availableParallelism() - 1);
const { testMs, conditionMs } = safetyTimeouts;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Before a merge, properties are tried with the same values each time.
    setupFiles: process.env['CI'] ? ['test/support/one-seed.ts'] : [],
    maxWorkers,
    testTimeout: testMs,
    hookTimeout: testMs,
    teardownTimeout: testMs,
    expect: { poll: { timeout: conditionMs, interval: 20 } },
  },
});
