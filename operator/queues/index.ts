export { queueSnapshot } from './queue-snapshot.ts';
export { type QueueFigures, readQueue } from './read-queue.ts';
export { readQueues } from './read-queues.ts';
