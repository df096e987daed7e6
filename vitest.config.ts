import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The longest files wait for timeouts of the embedded stack, not for a processor: two side by side even on two cores. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], maxWorkers },
});
