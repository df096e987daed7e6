export { appendKeyItem, toAppendKeyItem } from './append-key-item.ts';
export {
  chunkItem,
  isClosedItem,
  manifestHeadAttributes,
  manifestHeadItem,
  manifestItem,
  toChunkItem,
  toClosedItem,
  toManifestItem,
  unmergedItem,
} from './archive-items.ts';
export { attempts } from './attempts.ts';
export { commitItem, toCommitItem } from './commit-item.ts';
export { checkShardKey, dueIndex, dueItem } from './due-index.ts';
export type { ItemError } from './errors.ts';
export { expiryAttribute, expiryOf } from './expiry.ts';
export { type Item, type ItemKind, isItemError } from './item-kind.ts';
export {
  fromSortKey,
  leaseItemKey,
  partitions,
  scopeItemKey,
  sessionItemKey,
  sortKeyRanges,
  sortKeys,
} from './keys.ts';
export { leaseItem, leaseResources } from './lease-item.ts';
export {
  commitListing,
  listedCommitItem,
  listedRange,
  listedSessionItem,
  listIndexes,
  listPartitions,
  sessionListing,
} from './list-indexes.ts';
export { logItem, toRecordItem, toTombstoneItem, toVoidItem } from './log-item.ts';
export { memoryAttributes, memoryItem, scopeAttributes, toMemoryItem, versionIn } from './memory-item.ts';
export {
  attributesNotMarked,
  deletedItem,
  isDeletedItem,
  metaItem,
  storedRestriction,
  toMetaItem,
} from './meta-item.ts';
export { scopeItem, sourceItem, statementItem, toStatementItem } from './statement-item.ts';
export { keyAttributes, tableDefinition, tableIndexes } from './table-definition.ts';
export {
  embeddedAttributes,
  toEmbeddingItem,
  vectorIndex,
  vectorPartition,
} from './vector-index.ts';
