import { z } from 'zod';
import { fromSortKey } from '../../lib/table/index.ts';

const keySchema = z.looseObject({ sk: z.object({ S: z.string() }) });
const bodySchema = z.looseObject({
  Key: keySchema.optional(),
  Item: keySchema.optional(),
  IndexName: z.string().optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
  RequestItems: z.record(z.string(), z.unknown()).optional(),
  TransactItems: z
    .array(z.record(z.string(), z.looseObject({ Key: keySchema.optional(), Item: keySchema.optional() })))
    .optional(),
});
const writesSchema = z.array(
  z.object({
    PutRequest: z.object({ Item: keySchema }).optional(),
    DeleteRequest: z.object({ Key: keySchema }).optional(),
  }),
);
const readsSchema = z.object({ Keys: z.array(keySchema) });
/** The values that queries give for sort keys: from where, with which beginning, or before what. */
const QUERY_VALUES = [':from', ':prefix', ':log'];

/**
 * Which kind of item a request to the table is about: `META`, `LOG`, `ARCHIVE`, `CHUNK`, `COMMIT`, `APPEND`, `MEMORY`
 * or `LEASE`; of a batch or a transaction of several kinds, `several`; of a query of an index, the index.
 */
export function targetOf(body: unknown): string {
  const { Key, Item, IndexName, ExpressionAttributeValues, RequestItems, TransactItems } =
    bodySchema.parse(body);
  if (IndexName !== undefined) return `index ${IndexName}`;
  const single = Key ?? Item;
  if (single) return fromSortKey.kind(single.sk.S);
  if (RequestItems) return kindOf(Object.values(RequestItems).flatMap(batchedKeys));
  if (TransactItems) {
    const requests = TransactItems.flatMap((operation) => Object.values(operation));
    return kindOf(requests.map((request) => (request.Item ?? request.Key)?.sk.S ?? ''));
  }
  const value = QUERY_VALUES.map((name) => ExpressionAttributeValues?.[name]).find(Boolean);
  const parsed = z.object({ S: z.string() }).safeParse(value);
  if (!parsed.success) return 'several';
  return ExpressionAttributeValues?.[':log'] ? 'several' : fromSortKey.kind(parsed.data.S);
}

function kindOf(sortKeys: readonly string[]): string {
  const kinds = new Set(sortKeys.map(fromSortKey.kind));
  return kinds.size === 1 ? String([...kinds][0]) : 'several';
}

function batchedKeys(requests: unknown): string[] {
  const reads = readsSchema.safeParse(requests);
  if (reads.success) return reads.data.Keys.map(({ sk }) => sk.S);
  return writesSchema
    .parse(requests)
    .map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest?.Key)?.sk.S ?? '');
}
