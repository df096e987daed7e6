export { type Insistence, insist } from './insist.ts';
export { stopWhenAborted } from './stop-when-aborted.ts';
export { wrapPort } from './wrap-port.ts';
