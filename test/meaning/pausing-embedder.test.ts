import { describe, expect, it } from 'vitest';
import { startDeadline, untilAborted } from '../../lib/clock/index.ts';
import { type Embedder, EmbeddingUnavailableError } from '../../lib/embedding/index.ts';
import { pausingEmbedder } from '../../lib/meaning/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';

const signal = new AbortController().signal;
const query = { purpose: 'query', signal } as const;
const late = new Error('late');

/** An embedder whose answers hang, fail or come, as told, on a clock that stands still. */
function setUp() {
  const clock = fakeClock();
  const inner = meaningEmbedder();
  let calls = 0;
  let answer: Embedder['embed'] = inner.embed;
  const counting: Embedder = {
    ...inner,
    embed(texts, options) {
      calls += 1;
      return answer(texts, options);
    },
  };
  const embedder = pausingEmbedder(counting, clock);
  /** Waits as a search does. */
  const within = async (ms: number, purpose: 'query' | 'document' = 'query') => {
    using limit = startDeadline(clock, ms, () => late);
    const asked = embedder.embed(['car'], { purpose, signal: limit.signal });
    return await clock.runUntil(untilAborted(asked, limit.signal));
  };
  return {
    clock,
    embedder,
    within,
    calls: () => calls,
    answers: (how: Embedder['embed']) => {
      answer = how;
    },
    inner,
  };
}

const hangs: Embedder['embed'] = () => new Promise(() => undefined);

describe('an embedder that hangs', () => {
  it('is not asked again for a minute, and then it is', async () => {
    const { clock, embedder, within, calls, answers, inner } = setUp();
    answers(hangs);
    await expect(within(2_000)).rejects.toBe(late);
    answers(inner.embed);
    await clock.advance(59_000);
    await expect(embedder.embed(['car'], query)).rejects.toThrow(EmbeddingUnavailableError);
    expect(calls()).toBe(1);
    await clock.advance(1_000);
    expect(await embedder.embed(['car'], query)).toHaveLength(1);
    expect(calls()).toBe(2);
  });

  it('is left alone after what a person enters has waited for it, too', async () => {
    const { embedder, within, answers } = setUp();
    answers(hangs);
    await expect(within(2_000, 'document')).rejects.toBe(late);
    await expect(embedder.embed(['car'], query)).rejects.toThrow('not asked again for 60 s');
  });

  it('is not taken to hang where the end comes while many texts are embedded', async () => {
    const { clock, embedder, answers, inner } = setUp();
    answers(hangs);
    using limit = startDeadline(clock, 5_000, () => late);
    const asked = embedder.embed(['car', 'dog'], { purpose: 'document', signal: limit.signal });
    await expect(clock.runUntil(untilAborted(asked, limit.signal))).rejects.toBe(late);
    answers(inner.embed);
    expect(await embedder.embed(['car'], query)).toHaveLength(1);
  });

  it('is left alone by all who share it, whatever they embed', async () => {
    const { embedder, within, answers } = setUp();
    answers(hangs);
    await expect(within(20_000, 'document')).rejects.toBe(late);
    await expect(embedder.embed(['car'], query)).rejects.toThrow('not asked again for 60 s');
  });
});

describe('an embedder that fails', () => {
  const refuses: Embedder['embed'] = async () => {
    throw new EmbeddingUnavailableError('There are too many requests.');
  };

  it('is asked each time while it says so quickly', async () => {
    const { embedder, calls, answers } = setUp();
    answers(refuses);
    for (const _ of [1, 2, 3]) await expect(embedder.embed(['car'], query)).rejects.toThrow('too many');
    expect(calls()).toBe(3);
  });

  it('is left alone where it takes most of the time to say so', async () => {
    const { clock, embedder, within, calls, answers } = setUp();
    answers(async (...args) => {
      await clock.sleep(1_900);
      return refuses(...args);
    });
    await expect(within(2_000)).rejects.toThrow('too many');
    await expect(embedder.embed(['car'], query)).rejects.toThrow('not asked again');
    expect(calls()).toBe(1);
  });

  it('is not blamed for the end of a caller that had hardly begun', async () => {
    const { embedder, within, answers, inner } = setUp();
    answers(hangs);
    await expect(within(100)).rejects.toBe(late);
    answers(inner.embed);
    expect(await embedder.embed(['car'], query)).toHaveLength(1);
  });
});
