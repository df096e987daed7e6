import { isDeepStrictEqual } from 'node:util';
import { toAuthorView } from '../api/views/index.ts';
import type { Memory, ScopeKey, Subject } from '../memory/index.ts';
import { eventMark } from './event-mark.ts';
import { EVENT_VERSION, type MemoryEventDetail, type MemoryState } from './event-schema.ts';
import { iso } from './iso.ts';
import type { StreamChange } from './stream-change.ts';

/** The view of a subject before and after one write; one of them at least. */
export interface MemoryViews {
  readonly before?: Memory | undefined;
  readonly after?: Memory | undefined;
}

/**
 * What a write to a memory has to tell: that it says something else. A vector that was added, or the same once more, by a
 * statement that decides nothing, is no change to whoever reads it.
 */
export function memoryEventsOf(
  change: StreamChange,
  key: ScopeKey & Subject,
  views: MemoryViews,
): MemoryEventDetail[] {
  if (saysTheSame(views)) return [];
  const { before, after } = views;
  const { tenant, scope, category, key: name } = key;
  return [
    {
      type: 'memory.changed',
      ...eventMark(change),
      version: EVENT_VERSION,
      at: iso(change.atMs),
      tenant,
      scope,
      category,
      key: name,
      ...(before && { before: toState(before, { hasText: isAddition(views) }) }),
      ...(after && { after: toState(after, { hasText: true }) }),
    },
  ];
}

function saysTheSame({ before, after }: MemoryViews): boolean {
  return isDeepStrictEqual(before && toldOf(before), after && toldOf(after));
}

function toldOf({ text, confidence, firstSeenAtMs, saidAtMs, by }: Memory) {
  return { text, confidence, firstSeenAtMs, saidAtMs, by };
}

/**
 * Whether a statement came and none went, so that what was known stands in the history as before. A statement that is
 * taken away never makes the newest one newer, unless another of the same archive takes its place.
 */
function isAddition({ before, after }: MemoryViews): boolean {
  if (!before || !after) return false;
  return after.lastSeenAtMs > before.lastSeenAtMs && !isOfSameArchive(before, after);
}

function isOfSameArchive({ by: one }: Memory, { by: other }: Memory): boolean {
  return (
    one.kind === 'archive' &&
    other.kind === 'archive' &&
    one.session === other.session &&
    one.archive === other.archive
  );
}

function toState(memory: Memory, { hasText }: { readonly hasText: boolean }): MemoryState {
  const { text, confidence, firstSeenAtMs, lastSeenAtMs, saidAtMs, by } = memory;
  return {
    ...(text === undefined && { forgotten: true }),
    ...(text !== undefined && hasText && { text }),
    confidence,
    firstSeenAt: iso(firstSeenAtMs),
    lastSeenAt: iso(lastSeenAtMs),
    saidAt: iso(saidAtMs),
    by: toAuthorView(by),
  };
}
