import type { ConsumeContext } from './consume-context.ts';
import type { Delivery } from './delivery.ts';

const EXTENSIONS_PER_PERIOD = 3;

interface InvisibilityKeeper extends AsyncDisposable {
  /** Settles when the first extension has been tried. */
  readonly started: Promise<void>;
}

/**
 * Keeps a delivery from coming again for as long as its consumer lives, and hardly longer.
 *
 * The queue's own visibility timeout must outlast several runs of the function, so a consumer that dies would block
 * its group for as long. This shortens it to `redeliveryMs` and extends it three times in that period. An extension
 * that fails is reported and tried again at the next turn; should the delivery come again meanwhile, the session
 * lease keeps the two consumers apart.
 */
export function keepInvisible(
  { control, clock, redeliveryMs, onEvent }: ConsumeContext,
  delivery: Delivery,
): InvisibilityKeeper {
  const stopped = new AbortController();

  async function extend(): Promise<void> {
    const { group, messageId } = delivery;
    try {
      await control.setVisibility(delivery, redeliveryMs);
    } catch (error) {
      onEvent({ type: 'queue.visibility-failed', group, messageId, error });
    }
  }

  async function run(): Promise<void> {
    await started;
    while (!stopped.signal.aborted) {
      await clock.sleep(redeliveryMs / EXTENSIONS_PER_PERIOD, stopped.signal);
      await extend();
    }
  }

  const started = extend();
  const running = run().catch((error: unknown) => {
    if (!stopped.signal.aborted) throw error;
  });
  return {
    started,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await running;
    },
  };
}
