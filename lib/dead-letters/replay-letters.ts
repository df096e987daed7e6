import type { Clock } from '../clock/index.ts';
import { reasonText } from '../queue/index.ts';
import { type CommitRetry, MAX_DETAIL_LENGTH, retryOf } from '../session/index.ts';
import type { CommitStatusStore } from '../store/index.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { goRound, type RoundContext } from './go-round.ts';
import { inReplayOrder } from './in-replay-order.ts';

export interface ReplayContext extends RoundContext {
  readonly queue: DeadLetterQueue;
  readonly store: CommitStatusStore;
  /** Who replays, for the commits' timelines. */
  readonly operator: string;
  /** At most so many letters a second: more than 0. */
  readonly ratePerSecond: number;
  /** Ends the sending, not the removing of what was sent. */
  readonly stop: AbortSignal;
  readonly onResent?: (letter: DeadLetter) => void;
  /** The replay is on its way all the same. */
  readonly onUnrecorded?: (letter: DeadLetter, error: unknown) => void;
}

export interface Replayed {
  readonly resent: number;
  /** Sent, and still on the dead-letter queue: another replay would send them again, which changes nothing. */
  readonly notRemoved: number;
}

/** How many letters one replay gathers, and so keeps in memory, at most. */
export const MAX_LETTERS_PER_REPLAY = 10_000;

/**
 * Replays letters that were gathered: sends them to the queue that gave them up, those of a session oldest first
 * whatever their order was, and removes them from the dead-letter queue only then. A crash at any point loses nothing;
 * a letter that was sent and not yet removed is sent again by the next replay, which by the protocol changes nothing.
 *
 * @throws QueueUnavailableError; `signal`'s reason. What was sent stays sent.
 */
export async function replayLetters(
  context: ReplayContext,
  letters: readonly DeadLetter[],
): Promise<Replayed> {
  const sent = new Set<string>();
  const removed = new Set<string>();
  try {
    for await (const letter of paced(inReplayOrder(letters), context)) {
      const why = whyOf(context, letter);
      const retry = await prepareRetry(context, letter, why);
      await context.queue.resend(letter, why);
      sent.add(letter.id);
      context.onResent?.(letter);
      await record(context, letter, retry);
    }
  } finally {
    if (sent.size > 0 && !context.signal.aborted) await remove(context, sent, removed);
  }
  return { resent: sent.size, notRemoved: sent.size - removed.size };
}

function remove(context: ReplayContext, sent: ReadonlySet<string>, removed: Set<string>) {
  return goRound(context.queue, context, {
    maxLetters: Number.POSITIVE_INFINITY,
    visit({ id }) {
      if (!sent.has(id)) return 'keep';
      removed.add(id);
      return 'remove';
    },
  });
}

function whyOf({ operator }: ReplayContext, { reason }: DeadLetter): string {
  const why = reason ? `; it had failed with ${reason.code}` : '';
  return reasonText(`replayed by ${operator}${why}`, MAX_DETAIL_LENGTH);
}

/** From the timeline before the letter is sent: what it becomes then, and however soon, is not overwritten. */
async function prepareRetry(
  { store, clock, onUnrecorded }: ReplayContext,
  letter: DeadLetter,
  detail: string,
): Promise<CommitRetry | undefined> {
  const { content } = letter;
  if (content.type === 'unreadable') return undefined;
  try {
    const status = await store.readCommit(content.message, content.message.commitId);
    return status && retryOf(status, content.type, { nowMs: clock.now(), detail });
  } catch (error) {
    onUnrecorded?.(letter, error);
    return undefined;
  }
}

/** Best effort: the letter is sent, and its worker does the same when it takes it up. */
async function record(
  { store, onUnrecorded }: ReplayContext,
  letter: DeadLetter,
  retry: CommitRetry | undefined,
): Promise<void> {
  const { content } = letter;
  if (!retry || content.type === 'unreadable') return;
  try {
    await store.retryCommit(content.message, content.message.commitId, retry);
  } catch (error) {
    onUnrecorded?.(letter, error);
  }
}

async function* paced(
  letters: readonly DeadLetter[],
  { clock, ratePerSecond, stop }: { clock: Clock; ratePerSecond: number; stop: AbortSignal },
): AsyncGenerator<DeadLetter> {
  const intervalMs = 1000 / ratePerSecond;
  let nextAtMs = clock.now();
  for (const letter of letters) {
    if (stop.aborted) return;
    const waitMs = nextAtMs - clock.now();
    if (waitMs > 0 && !(await slept(clock, waitMs, stop))) return;
    nextAtMs = Math.max(nextAtMs, clock.now()) + intervalMs;
    yield letter;
  }
}

/** Returns whether it slept to the end. */
async function slept(clock: Clock, ms: number, stop: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, stop);
    return true;
  } catch (error) {
    if (stop.aborted && error === stop.reason) return false;
    throw error;
  }
}
