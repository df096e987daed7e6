export { stopWhenAborted } from './stop-when-aborted.ts';
export { wrapPort } from './wrap-port.ts';
