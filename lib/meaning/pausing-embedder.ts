import type { Clock } from '../clock/index.ts';
import { type Embedder, EmbeddingUnavailableError } from '../embedding/index.ts';

/** A model that did not answer is not asked again for so long: whoever waits for it meanwhile goes on without it. */
const PAUSE_MS = 60_000;
/** A call that fails only after so long has held up a request for most of the 2 s that it waits, or a follow-up for long. */
const SLOW_MS = { ofOne: 1_500, ofMany: 8_000 };

/**
 * The same embedder, but one that hangs, or fails as slowly, is left alone for a minute: calls then fail at once. What fails
 * quickly is asked again each time. One such embedder serves a whole execution environment, its searches and follow-ups together.
 *
 * @throws of `embed`, beside what the embedder throws: EmbeddingUnavailableError during the pause.
 */
export function pausingEmbedder(embedder: Embedder, clock: Pick<Clock, 'now'>): Embedder {
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    async embed(texts, options) {
      const startedAtMs = clock.now();
      if (startedAtMs < pausedUntilMs) {
        throw new EmbeddingUnavailableError(
          `The embedding model did not answer in time, and is not asked again for ${PAUSE_MS / 1_000} s.`,
          { afterMs: pausedUntilMs - startedAtMs },
        );
      }
      const slowMs = texts.length === 1 ? SLOW_MS.ofOne : SLOW_MS.ofMany;
      const pauseIfSlow = () => {
        const endedAtMs = clock.now();
        if (endedAtMs - startedAtMs >= slowMs) pausedUntilMs = endedAtMs + PAUSE_MS;
      };
      // At the abort, not when the call ends: one that ignores its signal never does.
      options.signal.addEventListener('abort', pauseIfSlow, { once: true });
      try {
        return await embedder.embed(texts, options);
      } catch (error) {
        pauseIfSlow();
        throw error;
      } finally {
        options.signal.removeEventListener('abort', pauseIfSlow);
      }
    },
  };
}
