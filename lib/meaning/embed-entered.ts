import { type Clock, startDeadline, untilAborted } from '../clock/index.ts';
import { type Embedding, EmbeddingUnavailableError } from '../embedding/index.ts';
import type { Memory, MemoryEvent, ScopeKey } from '../memory/index.ts';
import { embedMemories } from './embed-memories.ts';

/** Whoever has entered a memory waits for the answer; most models take 0.1 to 0.5 s. */
const TIME_LIMIT_MS = 2_000;

/**
 * Embeds a memory that a person has entered, so that it is found by meaning at once; in 2 s at most, and never fails what was
 * entered: what is not embedded is reported, and found by words until a back-fill. Does nothing without an embedder, or for a
 * memory that says nothing. Throws nothing, not even when the signal aborts: the memory is entered.
 */
export async function embedEntered(
  context: {
    readonly embedding?: Embedding;
    readonly clock: Clock;
    readonly onEvent: (event: MemoryEvent) => void;
    readonly signal: AbortSignal;
  },
  scope: ScopeKey,
  { category, key, text, revision }: Memory,
): Promise<void> {
  const { embedding, clock, onEvent } = context;
  if (!embedding || text === undefined) return;
  const late = () => new EmbeddingUnavailableError(`The memory was not embedded within ${TIME_LIMIT_MS} ms.`);
  using limit = startDeadline(clock, TIME_LIMIT_MS, late);
  const signal = AbortSignal.any([context.signal, limit.signal]);
  try {
    const entered = [{ category, key, text, revision }];
    await untilAborted(embedMemories({ embedding, signal }, scope, entered), signal);
  } catch (error) {
    onEvent({ type: 'memory.not-embedded', ...scope, error });
  }
}
