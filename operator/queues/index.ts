export { queueSnapshot } from './queue-snapshot.ts';
export { type QueueFigures, readQueue, readQueues } from './read-queue.ts';
