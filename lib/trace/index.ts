export type { Trace } from './trace.ts';
export { formatTraceparent, parseTraceparent, traceparentSchema } from './traceparent.ts';
export { untraced } from './untraced.ts';
