export { boundedCalls } from './bounded-calls.ts';
export { startHttp } from './http/start-http.ts';
export type { Restriction } from './restrict-tools.ts';
export { serveStdio } from './serve-stdio.ts';
export { serverBounds } from './server-bounds.ts';
