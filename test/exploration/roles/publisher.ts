import { type PublishContext, publishChanges, type StreamChange } from '../../../lib/events/index.ts';
import type { Program } from '../actor/program.ts';

/** One invocation of the events function; at its end the Lambda service moves on in the stream. */
export const publisher =
  (changes: readonly StreamChange[]): Program =>
  async ({ bus, stream, clock, random, note }) => {
    const { signal } = new AbortController();
    const context: PublishContext = {
      bus,
      clock,
      random,
      onEvent(event) {
        if ('error' in event) note({ type: 'gave-up', error: event.error as Error });
      },
    };
    const failed = await publishChanges(context, changes, signal);
    await stream.moveOn(changes.at(-1)?.sequence ?? '', failed?.sequence);
  };
