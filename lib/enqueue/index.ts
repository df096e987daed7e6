export { QueueRefusedError, QueueUnavailableError } from '../queue/index.ts';
export { type CommitQueue, enqueueCommit } from './enqueue-commit.ts';
export type { EnqueueRequest } from './enqueue-request.ts';
export { InvalidEnqueueError } from './errors.ts';
