import type { ConsumeContext } from './consume-batch.ts';
import type { Delivery } from './delivery.ts';

const EXTENSIONS_PER_PERIOD = 3;

interface InvisibilityKeeper extends AsyncDisposable {
  /** Settles when the first extension has been tried. */
  readonly started: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps deliveries from coming again for as long as their consumer lives, and hardly longer.
 *
 * The queue's own visibility timeout must outlast several runs of the function, so a consumer that dies would block
 * its groups for as long. This shortens it to `redeliveryMs` and extends it three times in that period. An
 * extension that fails is reported and tried again at the next turn; should the deliveries come again meanwhile,
 * the session lease keeps the two consumers apart.
 */
export function keepInvisible(
  { control, clock, redeliveryMs, onEvent }: ConsumeContext,
  remaining: () => readonly Delivery[],
): InvisibilityKeeper {
  const stopped = new AbortController();

  async function extend(): Promise<void> {
    const deliveries = remaining();
    const [first] = deliveries;
    if (!first) return;
    try {
      await control.setVisibility(deliveries, redeliveryMs);
    } catch (error) {
      onEvent({
        type: 'queue.visibility-failed',
        group: first.group,
        messageId: first.messageId,
        error,
      });
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
  const stop = async () => {
    stopped.abort();
    await running;
  };
  return { started, stop, [Symbol.asyncDispose]: stop };
}
