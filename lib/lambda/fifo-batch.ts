import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Delivery, REPLAY_ATTRIBUTE, reasonText } from '../queue/index.ts';
import { MAX_DETAIL_LENGTH } from '../session/index.ts';

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
      request.event = recordsIn(request.event).map(toDelivery);
    },
    after(request: BatchRequest): void {
      request.response = toBatchResponse(request.response as readonly Delivery[]);
    },
  };
}

/** An event that is none of SQS has no records, and nothing to do. */
function recordsIn(event: unknown): readonly SQSRecord[] {
  const { Records } = (event ?? {}) as Partial<SQSEvent>;
  return Array.isArray(Records) ? Records : [];
}

function toBatchResponse(failed: readonly Delivery[]): SQSBatchResponse {
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

function toDelivery({ messageId, receiptHandle, body, attributes, messageAttributes }: SQSRecord): Delivery {
  const replay = replayOf(messageAttributes);
  return {
    messageId,
    receiptHandle,
    // Without a group, nothing has to stay in order.
    group: attributes.MessageGroupId ?? messageId,
    body,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    ...(replay !== undefined && { replay }),
  };
}

/** SQS marks nothing that it moves back by itself; but what a function had dead-lettered still has the reason then. */
function replayOf(attributes: SQSRecord['messageAttributes']): string | undefined {
  const byOperator = attributes[REPLAY_ATTRIBUTE];
  if (byOperator) return reasonText(byOperator.stringValue ?? 'replayed', MAX_DETAIL_LENGTH);
  const code = attributes['reasonCode'];
  if (!code) return undefined;
  return reasonText(`moved back by SQS; it had failed with ${code.stringValue ?? '?'}`, MAX_DETAIL_LENGTH);
}
