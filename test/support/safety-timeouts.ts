/**
 * When a wait for a condition, and a test as a whole, are given up. They say that something hangs, never that it was
 * slow: the slowest test takes about a minute on an idle machine, and several on a busy one.
 */
export const safetyTimeouts = { conditionMs: 5 * 60_000, testMs: 15 * 60_000 };
