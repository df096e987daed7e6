export { type Trace, untraced } from './trace.ts';
export { formatTraceparent, parseTraceparent, traceparentSchema } from './traceparent.ts';
