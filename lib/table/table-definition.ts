import { dueIndex } from './due-index.ts';
import { listIndexes } from './list-indexes.ts';
import { vectorIndex, vectorIndexDefinition } from './vector-index.ts';

interface TableIndex {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  readonly sortType: 'S' | 'N';
}

const { lists, scopes } = listIndexes;

/** The indexes of the table. They project keys only, and each partition key is a text. */
export const tableIndexes: readonly TableIndex[] = [
  { name: dueIndex.name, partition: dueIndex.shard, sort: dueIndex.time, sortType: 'N' },
  { ...lists, sortType: 'S' },
  { ...scopes, sortType: 'S' },
];

const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

interface TableShape {
  /** All of them unless given. */
  readonly indexes?: readonly TableIndex[];
  /** With an index of vectors of this many dimensions; without one unless given. */
  readonly dimensions?: number | undefined;
}

/** The attributes that are keys, of the table or of an index, each once. */
export function keyAttributes({ indexes = tableIndexes, dimensions }: TableShape = {}) {
  const types = new Map<string, 'S' | 'N'>([
    ['pk', 'S'],
    ['sk', 'S'],
  ]);
  for (const { partition, sort, sortType } of indexes) types.set(partition, 'S').set(sort, sortType);
  if (dimensions !== undefined) types.set(vectorIndex(dimensions).partition, 'S');
  return [...types].map(([name, type]) => ({ name, type }));
}

/** The table as `CreateTable` wants it, for one that no stack makes: in tests and measurements. */
export function tableDefinition({ dimensions }: Pick<TableShape, 'dimensions'> = {}) {
  return {
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: keyAttributes({ dimensions }).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keySchema('pk', 'sk'),
    GlobalSecondaryIndexes: tableIndexes.map(({ name, partition, sort }) => ({
      IndexName: name,
      KeySchema: keySchema(partition, sort),
      Projection: { ProjectionType: 'KEYS_ONLY' as const },
    })),
    ...(dimensions !== undefined && { VectorIndexes: [vectorIndexDefinition(dimensions)] }),
  };
}
