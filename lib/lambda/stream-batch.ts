import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { z } from 'zod';
import type { StreamChange } from '../events/index.ts';

/** The part of a middy request that this middleware touches. */
interface BatchRequest {
  event: unknown;
  response?: unknown;
}

type Image = Parameters<typeof unmarshall>[0];

/** Of a record, what is read without a look; the images are read by the schemas of their items. */
const recordSchema = z.object({
  SequenceNumber: z.string().regex(/^\d{1,40}$/),
  ApproximateCreationDateTime: z.number(),
  Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
});

/**
 * A middy middleware for a function that is fed by the table's stream: its handler takes changes in place of the event,
 * and returns the first that is to come again in place of the response that has the runtime deliver it, and all behind
 * it, again.
 */
export function streamBatch() {
  return {
    name: 'streamBatch',
    before(request: BatchRequest): void {
      request.event = recordsIn(request.event).map(toChange);
    },
    after(request: BatchRequest): void {
      request.response = toBatchResponse(request.response as StreamChange | undefined);
    },
  };
}

/** An event that is none of a stream has no records, and nothing to do. */
function recordsIn(event: unknown): readonly DynamoDBRecord[] {
  const { Records } = (event ?? {}) as Partial<DynamoDBStreamEvent>;
  return Array.isArray(Records) ? Records : [];
}

function toBatchResponse(first: StreamChange | undefined): DynamoDBBatchResponse {
  return { batchItemFailures: first ? [{ itemIdentifier: first.sequence }] : [] };
}

function toChange({ dynamodb = {} }: DynamoDBRecord): StreamChange {
  const { SequenceNumber: sequence, ApproximateCreationDateTime, Keys } = recordSchema.parse(dynamodb);
  const { OldImage, NewImage } = dynamodb;
  return {
    sequence,
    atMs: ApproximateCreationDateTime * 1000,
    pk: Keys.pk.S,
    sk: Keys.sk.S,
    ...(OldImage && { before: unmarshall(OldImage as Image) }),
    ...(NewImage && { after: unmarshall(NewImage as Image) }),
  };
}
