import { CommitlaneError } from '../errors/index.ts';
import type { ConsumeContext } from './consume-context.ts';
import type { Delivery } from './delivery.ts';
import { isLastFailure } from './delivery.ts';
import type { DeadLetterReason } from './delivery-control.ts';
import { keepInvisible } from './keep-invisible.ts';

/** The wait before an unexpected error is tried again doubles with each delivery, between these bounds. */
const MIN_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

/**
 * Consumes the deliveries of a FIFO queue in order, up to the first that fails. That one is given back, to come again
 * when the error says so, and else with an exponential back-off; so is what is left behind it. An error that says that
 * no repetition can help, or that of the last delivery, moves its message to the dead-letter queue at once, with the
 * reason, and the next one is handled.
 *
 * @param deliveries one (`BATCH_SIZE`); more only where somebody has changed the event source.
 * @returns the deliveries that must not be acknowledged.
 */
export async function consumeBatch(
  context: ConsumeContext,
  deliveries: readonly Delivery[],
  handle: (delivery: Delivery) => Promise<void>,
): Promise<readonly Delivery[]> {
  for (const [index, delivery] of deliveries.entries()) {
    const failure = await consumeOne(context, delivery, handle);
    if (!failure) continue;
    const left = deliveries.slice(index);
    await giveBack(context, delivery, left, failure.error);
    return left;
  }
  return [];
}

async function consumeOne(
  context: ConsumeContext,
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<void>,
): Promise<{ readonly error: unknown } | undefined> {
  await using invisible = keepInvisible(context, delivery);
  await invisible.started;
  try {
    await handleOrDeadLetter(context, delivery, handle);
    return undefined;
  } catch (error) {
    return { error };
  }
}

async function handleOrDeadLetter(
  { control, maxReceiveCount, onEvent }: ConsumeContext,
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<void>,
): Promise<void> {
  try {
    await handle(delivery);
  } catch (error) {
    if (!isLastFailure(error, delivery, maxReceiveCount)) throw error;
    const reason = reasonOf(error);
    await control.deadLetter(delivery, reason);
    const { group, messageId } = delivery;
    onEvent({ type: 'queue.dead-lettered', group, messageId, code: reason.code, error });
  }
}

function reasonOf(error: unknown): DeadLetterReason {
  if (error instanceof CommitlaneError) return { code: error.code, message: error.message };
  return {
    code: 'unexpected',
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

async function giveBack(
  { control, random, onEvent }: ConsumeContext,
  failed: Delivery,
  left: readonly Delivery[],
  error: unknown,
): Promise<void> {
  const { group, messageId } = failed;
  const visibleInMs = retryDelayMs(error, failed.receiveCount, random);
  onEvent({ type: 'queue.given-back', group, messageId, visibleInMs, error });
  try {
    for (const delivery of left) await control.setVisibility(delivery, visibleInMs);
  } catch (visibilityError) {
    // It comes again all the same, when its present visibility timeout ends.
    onEvent({ type: 'queue.visibility-failed', group, messageId, error: visibilityError });
  }
}

function retryDelayMs(error: unknown, receiveCount: number, random: () => number): number {
  const retry = error instanceof CommitlaneError ? error.retry : undefined;
  if (retry?.retryable && retry.afterMs > 0) return retry.afterMs;
  const ceilingMs = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** (receiveCount - 1));
  return ceilingMs / 2 + (random() * ceilingMs) / 2;
}
