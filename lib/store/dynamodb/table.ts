import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import { attempts, type Item, sessionItemKey } from '../../table/index.ts';
import { toStoreError } from '../errors.ts';

/** The one table, as the parts of the adapter use it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** Both throw StoreUnavailableError and StoreRefusedError. */
export const { attempt, attemptIf } = attempts(toStoreError);

/** Reads one item of a session, strongly consistent. @throws StoreUnavailableError, StoreRefusedError. */
export async function getItem(
  { client, name: TableName }: Table,
  operation: string,
  key: SessionKey,
  sk: string,
): Promise<Item | undefined> {
  const Key = sessionItemKey(key, sk);
  const { Item } = await attempt(operation, () =>
    client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
  );
  return Item;
}
