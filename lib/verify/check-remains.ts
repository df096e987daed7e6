import { fromSortKey, sortKeys } from '../table/index.ts';
import { type Finding, finding } from './finding.ts';
import type { SessionItem } from './memory-items.ts';
import { named } from './named.ts';

/** What is left of a deleted session beside its mark, for a time. */
export interface Remains {
  readonly items: number;
  /** When the last of them expires; absent where there are none. */
  readonly untilMs?: number;
}

/** What may be written by whoever was at work when the session was marked: it holds no message. */
const LATE = ['COMMIT', 'APPEND'];

/**
 * Checks that a deleted session's partition has nothing but its mark, and what expires and holds no message. Vectors hold
 * no words, but they say what messages were about: none may be left.
 */
export async function checkRemains(
  items: AsyncIterable<SessionItem>,
): Promise<{ readonly remains: Remains; readonly findings: readonly Finding[] }> {
  const left: string[] = [];
  const forever: string[] = [];
  let count = 0;
  let untilMs: number | undefined;
  for await (const { name, holdsNothing, expiresAtMs } of items) {
    if (holdsNothing && name === sortKeys.meta) continue;
    if (!holdsNothing && !LATE.includes(fromSortKey.kind(name))) left.push(name);
    else if (expiresAtMs === undefined) forever.push(name);
    else {
      count += 1;
      untilMs = Math.max(untilMs ?? 0, expiresAtMs);
    }
  }
  return {
    remains: { items: count, ...(untilMs !== undefined && { untilMs }) },
    findings: [
      ...(left.length > 0 ? [finding('erased-session-item', `Its partition still has ${named(left)}.`)] : []),
      ...(forever.length > 0
        ? [finding('expiry-missing', `In its partition, these never expire: ${named(forever)}.`)]
        : []),
    ],
  };
}
