import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SessionKey } from '../../session/index.ts';
import { toStoreError } from '../errors.ts';
import { keys } from './keys.ts';

/** The one table, as the parts of the adapter use it. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export type Item = Record<string, unknown>;

/** The primary key of an item of a session. */
export const itemKey = (session: SessionKey, sk: string) => ({ pk: keys.partition(session), sk });

/** TTL attributes are in whole seconds. */
export const toSeconds = (ms: number) => Math.floor(ms / 1000);

/** Runs one request. @throws StoreUnavailableError, StoreRefusedError. */
export async function attempt<T>(operation: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toStoreError(operation, error);
  }
}

/** Runs one conditional request; undefined when its condition did not hold. @throws StoreUnavailableError, StoreRefusedError. */
export async function attemptIf<T>(operation: string, request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw toStoreError(operation, error);
  }
}
