import databases, { type Item, type Store, type Table } from 'dynalite/db/index.js';
import { z } from 'zod';
import { hiddenIndexName } from './describe-table.ts';
import { invalidRequest, tableError } from './table-error.ts';
import { tableOf } from './table-of.ts';
import { type VectorIndex, vectorIndexesOf } from './vector-indexes.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SearchVectors.html */
const MAX_TOP_K = 100;

const searchSchema = z.object({
  TableName: z.string(),
  IndexName: z.string(),
  SearchVector: z.array(z.object({ N: z.string() })),
  TopK: z.int(),
  SearchConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  ProjectionExpression: z.string().optional(),
});
type Search = z.output<typeof searchSchema>;

interface Numbers {
  readonly L: readonly { readonly N: string }[];
}

const EQUALITY = /^\s*([#\w.-]+)\s*=\s*(:\w+)\s*$/;

/**
 * Finds the nearest vectors of a partition by comparing all of them, so that none is missed; those at the same distance
 * come in the order of their sort keys.
 *
 * @returns the answer's body.
 * @throws TableError: ResourceNotFoundException, ValidationException.
 */
export async function searchVectors(store: Store, body: unknown): Promise<object> {
  const parsed = searchSchema.safeParse(body);
  if (!parsed.success) throw invalidRequest(parsed.error);
  const search = parsed.data;
  const table = await tableOf(store, search.TableName);
  const index = indexOf(table, search);
  const partition = partitionOf(index, search);
  const wanted = Float32Array.from(search.SearchVector, ({ N }) => Number(N));
  const found: { readonly item: Item; readonly Score: number }[] = [];
  for await (const item of itemsIn(store, search.TableName, index, partition)) {
    const vector = vectorIn(item, index);
    if (vector) found.push({ item, Score: distanceOf(vector, wanted) });
  }
  const nearest = found.sort((one, other) => one.Score - other.Score).slice(0, search.TopK);
  const project = projectionOf(search, index);
  return { SearchResults: nearest.map(({ item, Score }) => ({ Item: project(item), Score })) };
}

const refuse = (message: string) => tableError('ValidationException', message);

function indexOf(table: Table, { IndexName, SearchVector, TopK }: Search): VectorIndex {
  const index = vectorIndexesOf(table).find((one) => one.IndexName === IndexName);
  if (!index) throw refuse(`The table does not have the specified index: ${IndexName}`);
  if (TopK < 1 || TopK > MAX_TOP_K)
    throw refuse(
      `Provided TopK value '${TopK}' is out of valid range. The value must be between 1 and ${MAX_TOP_K} inclusive`,
    );
  const { Dimensions } = index;
  if (SearchVector.length !== Dimensions)
    throw refuse(
      `Input search vector dimension ${SearchVector.length} does not match vector index dimension ${Dimensions}`,
    );
  return index;
}

/** The only condition that there may be: which partition is searched. */
function partitionOf({ SearchSchema: [{ AttributeName }] }: VectorIndex, search: Search): string {
  const { SearchConditionExpression: condition } = search;
  if (condition === undefined)
    throw refuse('SearchConditionExpression must be provided when SearchSchema has a HASH key');
  const [, name = '', value = ''] = EQUALITY.exec(condition) ?? [];
  if (name === '')
    throw refuse('Invalid SearchConditionExpression: Invalid comparator used in SearchConditionExpression');
  if ((search.ExpressionAttributeNames[name] ?? name) !== AttributeName)
    throw refuse(`Invalid SearchConditionExpression: it must give the HASH key ${AttributeName}`);
  const partition = search.ExpressionAttributeValues[value]?.['S'];
  if (typeof partition === 'string' && partition !== '') return partition;
  throw refuse(`Invalid SearchConditionExpression: ${value} must be a string that is not empty`);
}

function itemsIn(store: Store, table: string, index: VectorIndex, partition: string): AsyncIterable<Item> {
  const gte = `${databases.hashPrefix(partition, 'S')}/${databases.toRangeStr(partition, 'S')}/`;
  return store.getIndexDb('Global', table, hiddenIndexName(index)).createValueStream({ gte, lt: `${gte}~` });
}

function vectorIn(item: Item, { VectorAttribute }: VectorIndex): Float32Array | undefined {
  const value = item[VectorAttribute.AttributeName];
  // Whatever was written there is a list of numbers.
  return value && Float32Array.from((value as Numbers).L, ({ N }) => Number(N));
}

/** From 0, the same direction, to 2, the opposite one. A vector of zeros has no direction, and is as far as one across. */
function distanceOf(one: Float32Array, other: Float32Array): number {
  const lengths = Math.sqrt(product(one, one) * product(other, other));
  return lengths === 0 ? 1 : Math.max(0, 1 - product(one, other) / lengths);
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** Keys, and what is projected; the vector itself only for who asks for it. What is not there is left out. */
function projectionOf({ ProjectionExpression, ExpressionAttributeNames }: Search, index: VectorIndex) {
  const wanted = ProjectionExpression?.split(',').map((name) => name.trim());
  const names = wanted && new Set(wanted.map((name) => ExpressionAttributeNames[name] ?? name));
  const isWanted = (name: string) => (names ? names.has(name) : name !== index.VectorAttribute.AttributeName);
  return (item: Item) => Object.fromEntries(Object.entries(item).filter(([name]) => isWanted(name)));
}
