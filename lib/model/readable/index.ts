export { type Readable, type ReadableMessage, readable } from './readable.ts';
export { speakerOf } from './speaker-of.ts';
