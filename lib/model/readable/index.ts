export { type Readable, type ReadableMessage, readable } from './readable.ts';
