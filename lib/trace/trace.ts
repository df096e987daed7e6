/** Does work as one span of the trace that is under way; what the work gives or throws is passed on. */
export type Trace = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** For those who want no spans: does the work, and nothing else. */
export const untraced: Trace = (_name, work) => work();
