import type { Trace } from './trace.ts';

/** For those who want no spans: does the work, and nothing else. */
export const untraced: Trace = (_name, work) => work();
