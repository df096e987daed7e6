export { cancellationCodes } from './cancellation-codes.ts';
export { isRefusedForGood, retryOf } from './retry-of.ts';
