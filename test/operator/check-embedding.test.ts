import { describe, expect, it } from 'vitest';
import { checkEmbedding } from '../../operator/doctor/check-embedding.ts';
import { embedderOn } from '../embedding/asking.ts';
import { failing } from '../model/language/replies.ts';
import { type EmbedderServer, embedderServer, embeddingReply } from '../support/embedder-server.ts';
import { fakeClock } from '../support/fake-clock.ts';

const { signal } = new AbortController();

function check(server: EmbedderServer) {
  const embedder = embedderOn(server);
  const vectors = new Proxy({} as never, {
    get: () => expect.unreachable('the check reads no vectors'),
  });
  return checkEmbedding({ clock: fakeClock(), embedding: { embedder, vectors } }, signal);
}

describe('the check of an embedding model', () => {
  it('embeds one word, and says in how many dimensions', async () => {
    await using server = await embedderServer();
    expect(await check(server)).toEqual({
      status: 'ok',
      detail: 'openai-compatible:small@16 embedded a word in 16 dimensions in 0 ms',
    });
    expect(server.asked.map(({ input }) => input)).toEqual([['tea']]);
  });

  it('fails with what the model says, and what to do', async () => {
    await using refusing = await embedderServer([failing(401)]);
    await expect(check(refusing)).rejects.toThrow('the key is missing, wrong or expired');
    await using another = await embedderServer([embeddingReply([[1, 2]])]);
    await expect(check(another)).rejects.toThrow('Set embeddingDimensions to 2');
  });

  it('is well where there is no such model', async () => {
    expect(await checkEmbedding({ clock: fakeClock() }, signal)).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('by words alone'),
    });
  });
});
