import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Delivery } from '../queue/index.ts';

/** The deliveries of an event from a FIFO queue. */
export function toDeliveries({ Records }: SQSEvent): Delivery[] {
  return Records.map(toDelivery);
}

/** Tells the runtime which deliveries must come again; it deletes the others. */
export function toBatchResponse(failed: readonly Delivery[]): SQSBatchResponse {
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

function toDelivery({ messageId, receiptHandle, body, attributes }: SQSRecord): Delivery {
  return {
    messageId,
    receiptHandle,
    group: attributes.MessageGroupId ?? messageId,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
  };
}
