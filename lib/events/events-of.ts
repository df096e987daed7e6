import { commitItem, fromSortKey, type Item, type ItemKind, memoryItem, partitions } from '../table/index.ts';
import { commitEventsOf } from './commit-events-of.ts';
import type { CommitlaneEvent } from './event-schema.ts';
import { memoryEventsOf } from './memory-events-of.ts';
import type { StreamChange } from './stream-change.ts';

/**
 * The events that a write makes, in order; none for most writes. A status that is deleted or expires tells nothing: how
 * the commit ended was told before.
 *
 * @throws ItemUnreadableError, ItemTooNewError.
 */
export function eventsOf(change: StreamChange): CommitlaneEvent[] {
  switch (fromSortKey.kind(change.sk)) {
    case 'COMMIT':
      return ofCommit(change);
    case 'MEMORY':
      return ofMemory(change);
    default:
      return [];
  }
}

function ofCommit(change: StreamChange): CommitlaneEvent[] {
  const key = partitions.sessionOf(change.pk);
  const { before, after } = imagesOf(commitItem, change);
  return key && after ? commitEventsOf(change, key, { before, after }) : [];
}

function ofMemory(change: StreamChange): CommitlaneEvent[] {
  const scope = partitions.scopeOf(change.pk);
  if (!scope) return [];
  return memoryEventsOf(
    change,
    { ...scope, ...fromSortKey.subject(change.sk) },
    imagesOf(memoryItem, change),
  );
}

function imagesOf<T>(kind: ItemKind<T>, { before, after }: StreamChange) {
  const read = (item: Item | undefined) => item && kind.read(item);
  return { before: read(before), after: read(after) };
}
