export { type LoopbackServer, listenOnLoopback } from './listen-on-loopback.ts';
export { readBody } from './read-body.ts';
export { goneSignal, writeStream } from './write-stream.ts';
