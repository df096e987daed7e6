import { hashPair } from '../world/content-hash.ts';

export interface VisitedSet {
  /** Enters a state by its fingerprint; returns whether it is new. */
  add(fingerprint: string): boolean;
  /** How many this set of this thread has entered. */
  readonly added: number;
  /** Whether it is so full that searching in it would soon be slow. */
  isFull(): boolean;
}

const BYTES_PER_STATE = 8;
const MAX_LOAD = 0.7;

/** @param capacity a power of two; memory that is not used yet costs nothing. */
export function visitedMemory(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer((capacity + 1) * BYTES_PER_STATE);
}

/**
 * The states that were seen, by this thread and others with the same memory: 64 bits of each. Among 10 million, two
 * are mistaken for one with a chance of 3 in a million.
 */
export function visitedSet(memory: SharedArrayBuffer): VisitedSet {
  const table = new Int32Array(memory);
  const capacity = table.length / 2 - 1;
  const total = table.length - 1;
  let added = 0;

  return {
    add(fingerprint) {
      const [first, second] = hashPair(fingerprint);
      // 0 marks a free place.
      const high = first || 1;
      const low = second || 1;
      for (let slot = low & (capacity - 1); ; slot = (slot + 1) & (capacity - 1)) {
        const found = Atomics.compareExchange(table, 2 * slot, 0, high);
        if (found === 0) {
          Atomics.store(table, 2 * slot + 1, low);
          Atomics.add(table, total, 1);
          added += 1;
          return true;
        }
        if (found === high && secondWord(table, slot) === low) return false;
      }
    },
    get added() {
      return added;
    },
    isFull: () => Atomics.load(table, total) > capacity * MAX_LOAD,
  };
}

/** Another thread writes it right after the first word. */
function secondWord(table: Int32Array, slot: number): number {
  let word = 0;
  while (word === 0) word = Atomics.load(table, 2 * slot + 1);
  return word;
}
