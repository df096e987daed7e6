import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SessionStore } from '../session-store.ts';
import { archiveRequests } from './archive-requests.ts';
import { checkRequests } from './check-requests.ts';
import { commitRequests } from './commit-requests.ts';
import { deletionRequests } from './deletion-requests.ts';
import { listRequests } from './list-requests.ts';
import { logRequests } from './log-requests.ts';
import { metaRequests } from './meta-requests.ts';

/**
 * The session store on one DynamoDB table, keyed `pk` and `sk`, with the TTL attribute `expiresAtSeconds`.
 *
 * Bounds on the time of a request are the client's: give it a request timeout and a number of attempts.
 */
export function dynamodbSessionStore(options: {
  client: DynamoDBDocumentClient;
  tableName: string;
}): SessionStore {
  const table = { client: options.client, name: options.tableName };
  return {
    ...metaRequests(table),
    ...logRequests(table),
    ...archiveRequests(table),
    ...commitRequests(table),
    ...deletionRequests(table),
    ...checkRequests(table),
    ...listRequests(table),
  };
}
