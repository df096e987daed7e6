import { dueIndex } from './due-index.ts';
import { listIndexes } from './list-indexes.ts';

type AttributeType = 'S' | 'N';

interface TableIndex {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  readonly sortType: AttributeType;
}

const { lists, scopes } = listIndexes;

/** The indexes of the table. They project keys only, and each partition key is a text. */
export const tableIndexes: readonly TableIndex[] = [
  { name: dueIndex.name, partition: dueIndex.shard, sort: dueIndex.time, sortType: 'N' },
  { ...lists, sortType: 'S' },
  { ...scopes, sortType: 'S' },
];
