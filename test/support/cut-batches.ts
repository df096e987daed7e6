import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
} from '@aws-sdk/lib-dynamodb';
import { wrapPort } from '../../lib/port/index.ts';

/** What one batch answer gets through at most. */
export interface BatchCut {
  readonly bytes?: number;
  readonly items?: number;
}

/** AWS gives at most this much of one partition in one answer, whatever of it is projected. */
export const PARTITION_CUT: BatchCut = { bytes: 1024 * 1024 };

type Keys = readonly Record<string, unknown>[];

/**
 * A client whose batch answers are partial, as those of AWS are and those of emulators never: what does not fit is
 * given back as unprocessed. `requests` counts the batch requests.
 *
 * @param cutOf what the next answer gets through; call 1 is the first batch request.
 */
export function cutBatches(client: DynamoDBDocumentClient, cutOf: (call: number) => BatchCut) {
  let requests = 0;

  async function batchGet(command: BatchGetCommand) {
    const [table = '', request] = Object.entries(command.input.RequestItems ?? {})[0] ?? [];
    const keys = request?.Keys ?? [];
    const fitting = await countFitting(table, keys, cutOf(requests));
    const rest = keys.slice(fitting);
    const unprocessed = rest.length > 0 && { UnprocessedKeys: { [table]: { ...request, Keys: rest } } };
    if (fitting === 0) return { Responses: {}, ...unprocessed };
    const now = { ...request, Keys: keys.slice(0, fitting) };
    const answer = await client.send(new BatchGetCommand({ RequestItems: { [table]: now } }));
    return { ...answer, ...unprocessed };
  }

  async function batchWrite(command: BatchWriteCommand) {
    const [table = '', writes = []] = Object.entries(command.input.RequestItems ?? {})[0] ?? [];
    const { items = writes.length } = cutOf(requests);
    const now = writes.slice(0, items);
    const UnprocessedItems = writes.length > items ? { [table]: writes.slice(items) } : {};
    if (now.length > 0) await client.send(new BatchWriteCommand({ RequestItems: { [table]: now } }));
    return { UnprocessedItems };
  }

  async function countFitting(
    TableName: string,
    keys: Keys,
    { bytes = Number.POSITIVE_INFINITY, items = keys.length }: BatchCut,
  ) {
    let used = 0;
    for (const [index, Key] of keys.slice(0, items).entries()) {
      const { Item = {} } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      used += Buffer.byteLength(JSON.stringify(Item));
      if (used > bytes) return index;
    }
    return Math.min(items, keys.length);
  }

  return {
    get requests() {
      return requests;
    },
    client: wrapPort(client, (go, _method, [command]) => {
      if (!(command instanceof BatchGetCommand || command instanceof BatchWriteCommand)) return go();
      requests += 1;
      return command instanceof BatchGetCommand ? batchGet(command) : batchWrite(command);
    }),
  };
}
