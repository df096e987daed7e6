import { createHash } from 'node:crypto';
import { eventSequence } from './event-sequence.ts';
import type { StreamChange } from './stream-change.ts';

const ID_DIGITS = 32;

/** What tells an event from every other one, and orders it among those of its partition. */
export interface EventMark {
  readonly id: string;
  readonly sequence: string;
}

/**
 * Marks an event by the write that it comes from. A stream has one record of each write, and the record has one number
 * however often it is delivered; a later write that says the same has another. The item's key is in the id, too, because
 * the stream of a table that is restored counts by itself.
 *
 * @param place of the event among those of its write, from 0.
 */
export function eventMark({ pk, sk, ...change }: StreamChange, place = 0): EventMark {
  const sequence = eventSequence(change.sequence, place);
  const written = JSON.stringify([pk, sk, sequence]);
  return { id: createHash('sha256').update(written).digest('hex').slice(0, ID_DIGITS), sequence };
}
