import type { Clock } from '../clock/index.ts';
import { groupBy } from '../groups/index.ts';
import type { DeadLetter, DeadLetterKind, HeldLetter } from './dead-letter.ts';
import { type DeadLetterQueue, HOLD_MS, LETTERS_PER_REQUEST } from './dead-letter-queue.ts';
import { readContent } from './read-content.ts';

interface Kept {
  readonly letter: DeadLetter;
  receiptHandle: string;
  visibleAtMs: number;
}

export interface InProcessDeadLetterQueue extends DeadLetterQueue {
  /** Puts a message there, as a queue does that gives it up. */
  add(message: Pick<DeadLetter, 'group' | 'body'> & Partial<Pick<DeadLetter, 'reason'>>): void;
  /** In the order of the queue. */
  readonly letters: readonly DeadLetter[];
  /** What came back to the queue that gave them up, in order. */
  readonly resent: readonly DeadLetter[];
}

/**
 * A dead-letter queue in this process: for tests.
 *
 * @param options.perGroup how many letters of one group a request receives at most: 1 to 10, default 10, as SQS does.
 */
export function inProcessDeadLetterQueue(options: {
  readonly clock: Clock;
  readonly kind: DeadLetterKind;
  readonly perGroup?: number;
}): InProcessDeadLetterQueue {
  const { clock, kind, perGroup = LETTERS_PER_REQUEST } = options;
  let kept: Kept[] = [];
  const resent: DeadLetter[] = [];
  let numbers = 0;
  const isInFlight = ({ visibleAtMs }: Kept) => visibleAtMs > clock.now();

  return {
    kind,
    resent,
    get letters() {
      return kept.map(({ letter }) => letter);
    },

    add({ group, body, reason }) {
      numbers += 1;
      const content = readContent(kind, body);
      const letter = { id: `letter-${numbers}`, kind, group, body, content, deadSinceMs: clock.now() };
      kept.push({ letter: { ...letter, ...(reason && { reason }) }, receiptHandle: '', visibleAtMs: 0 });
    },

    async receive() {
      const received: HeldLetter[] = [];
      for (const group of groupBy(kept, ({ letter }) => letter.group).values()) {
        if (group.some(isInFlight)) continue;
        const room = Math.min(perGroup, LETTERS_PER_REQUEST - received.length);
        for (const one of group.slice(0, room)) {
          numbers += 1;
          one.receiptHandle = `receipt-${numbers}`;
          one.visibleAtMs = clock.now() + HOLD_MS;
          received.push({ ...one.letter, receiptHandle: one.receiptHandle });
        }
      }
      return received;
    },

    async append(letters, passage) {
      for (const { receiptHandle: _, ...letter } of letters as readonly HeldLetter[]) {
        kept.push({ letter: { ...letter, passage }, receiptHandle: '', visibleAtMs: 0 });
      }
      return [];
    },

    async remove(letters) {
      const handles = new Set(letters.map(({ receiptHandle }) => receiptHandle));
      kept = kept.filter((one) => !(isInFlight(one) && handles.has(one.receiptHandle)));
    },

    async release(letters) {
      const handles = new Set(letters.map(({ receiptHandle }) => receiptHandle));
      for (const one of kept) if (handles.has(one.receiptHandle)) one.visibleAtMs = 0;
    },

    async resend(letter) {
      resent.push(letter);
    },

    async count() {
      const inFlight = kept.filter(isInFlight).length;
      return { waiting: kept.length - inFlight, inFlight };
    },
  };
}
