import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamChange } from '../../lib/events/index.ts';

/** Changes as Lambda hands them to a function that is fed by the table's stream. */
export function streamEvent(changes: readonly StreamChange[]): DynamoDBStreamEvent {
  return {
    Records: changes.map(({ sequence, atMs, pk, sk, before, after }) => ({
      eventID: sequence,
      eventName: after ? (before ? 'MODIFY' : 'INSERT') : 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s',
      dynamodb: {
        SequenceNumber: sequence,
        ApproximateCreationDateTime: atMs / 1000,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        Keys: marshall({ pk, sk }),
        ...(before && { OldImage: marshall(before) }),
        ...(after && { NewImage: marshall(after) }),
      },
    })),
  } as DynamoDBStreamEvent;
}
