export type { AttemptBounds } from './attempt-bounds.ts';
export { type ConsumeContext, consumeBatch } from './consume-batch.ts';
export { dedupIdOf } from './dedup-id.ts';
export type { Delivery } from './delivery.ts';
export type { DeliveryControl } from './delivery-control.ts';
export {
  DeadLetterError,
  InvalidMessageError,
  QueueUnavailableError,
} from './errors.ts';
export { isLastFailure } from './is-last-failure.ts';
export { messageGroup } from './message-group.ts';
export { parseBody } from './parse-body.ts';
export type { QueueEvent } from './queue-event.ts';
export { REPLAY_ATTRIBUTE } from './replay-attribute.ts';
export type { Sender } from './sender.ts';
export { sqsDeliveryControl } from './sqs-delivery-control.ts';
export { sqsSender } from './sqs-sender.ts';
