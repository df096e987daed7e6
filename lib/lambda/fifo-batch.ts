import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Delivery, REPLAY_ATTRIBUTE } from '../queue/index.ts';

/** The part of a middy request that this middleware touches. */
interface BatchRequest {
  event: unknown;
  response?: unknown;
}

/**
 * A middy middleware for a function that is fed by a FIFO queue: its handler takes deliveries in place of the event,
 * and returns those that failed in place of the response that has the runtime deliver them again.
 */
export function fifoBatch() {
  return {
    name: 'fifoBatch',
    before(request: BatchRequest): void {
      request.event = (request.event as SQSEvent).Records.map(toDelivery);
    },
    after(request: BatchRequest): void {
      request.response = toBatchResponse(request.response as readonly Delivery[]);
    },
  };
}

function toBatchResponse(failed: readonly Delivery[]): SQSBatchResponse {
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** SQS marks nothing that it moves back by itself; but what a function had dead-lettered still has the reason then. */
const REPLAY_MARKS = [REPLAY_ATTRIBUTE, 'reasonCode'];

function toDelivery({ messageId, receiptHandle, body, attributes, messageAttributes }: SQSRecord): Delivery {
  return {
    messageId,
    receiptHandle,
    // Without a group, nothing has to stay in order.
    group: attributes.MessageGroupId ?? messageId,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    isReplay: REPLAY_MARKS.some((mark) => mark in messageAttributes),
  };
}
