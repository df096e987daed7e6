export { fifoBatch } from './fifo-batch.ts';
export { toApiRequest, toHttpResponse } from './http-request.ts';
export { modelEnvironment, modelFromEnvironment } from './model-from-environment.ts';
export { consumeObserved } from './observed-batch.ts';
export { observedApi, observedHandler } from './observed-handler.ts';
export { problemResponses } from './problem-responses.ts';
export { readEnvironment } from './read-environment.ts';
export { timeLeft } from './time-left.ts';
export { makeWorker, workerEnvironment } from './worker.ts';
