import { beforeEach, describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type Embedder, EmbeddingRefusedError, VECTORS_PER_REQUEST } from '../../lib/embedding/index.ts';
import { embedMessages } from '../../lib/meaning/index.ts';
import { inProcessMemoryStore, inProcessVectorStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';

const signal = new AbortController().signal;

let world: Awaited<ReturnType<typeof commitWorld>>;
beforeEach(async () => {
  world = await commitWorld();
});

/** Archives what was appended, and embeds it; with what the embedder was asked. */
async function embedAll(embed?: Embedder['embed']) {
  await commitSession(world.context, world.message('c-1'), signal);
  const manifest = await world.store.readManifest(key, 1);
  if (!manifest) throw new Error('nothing was archived');
  const inner = meaningEmbedder();
  const asked: (readonly string[])[] = [];
  const embedder: Embedder = {
    ...inner,
    embed(texts, options) {
      asked.push(texts);
      return (embed ?? inner.embed)(texts, options);
    },
  };
  const { scopes } = inProcessMemoryStore(world.store.sessions);
  const vectors = inProcessVectorStore(world.store.sessions, scopes);
  const embedding = { embedder, vectors };
  const [vector = []] = await inner.embed(['car'], { purpose: 'query', signal });
  return {
    asked,
    messages: () => embedMessages({ store: world.store, embedding, signal }, key, manifest),
    near: () => vectors.nearMessages(key, embedder, vector, 100),
  };
}

describe('the messages of an archive', () => {
  it('are embedded with who said them, each of an append by itself', async () => {
    await world.append('My car is old.', { metadata: { name: 'Ann' } });
    await world.append('The weather is fine.');
    const { asked, messages, near } = await embedAll();
    expect(await messages()).toBe(2);
    expect(asked).toEqual([['Ann: My car is old.', 'The weather is fine.']]);
    expect((await near())[0]).toMatchObject({ archive: 1, position: 1, index: 0 });
  });

  it('have no vector where they say nothing in words', async () => {
    await world.append('', {
      content: [{ type: 'file', mediaType: 'image/png', data: 'aGFsbG8=' }],
    });
    await world.append('   ');
    const { asked, messages } = await embedAll();
    expect(await messages()).toBe(0);
    expect(asked).toEqual([]);
  });

  it('are embedded in batches that fit one request', async () => {
    for (let index = 0; index < 120; index += 1) await world.append(`message ${index}`);
    const { asked, messages } = await embedAll();
    expect(await messages()).toBe(120);
    expect(asked.map(({ length }) => length)).toEqual([VECTORS_PER_REQUEST, 21]);
  });

  it('end a batch early where they are long', async () => {
    for (let index = 0; index < 8; index += 1) await world.append('long '.repeat(30_000));
    const { asked, messages } = await embedAll();
    expect(await messages()).toBe(8);
    expect(asked.map(({ length }) => length)).toEqual([4, 4]);
  });

  it('stay without vectors where the model gives another number of them', async () => {
    await world.append('hello');
    const { messages, near } = await embedAll(async () => []);
    await expect(messages()).rejects.toThrow(EmbeddingRefusedError);
    expect(await near()).toEqual([]);
  });

  it('are not waited for behind the signal, even if the model ignores it', async () => {
    await world.append('hello');
    const stop = new AbortController();
    const { asked } = await embedAll(() => new Promise(() => undefined));
    const reason = new Error('enough');
    const { scopes } = inProcessMemoryStore(world.store.sessions);
    const embedder: Embedder = { ...meaningEmbedder(), embed: () => new Promise(() => stop.abort(reason)) };
    const embedding = { embedder, vectors: inProcessVectorStore(world.store.sessions, scopes) };
    const manifest = await world.store.readManifest(key, 1);
    if (!manifest) throw new Error('nothing was archived');
    const work = embedMessages({ store: world.store, embedding, signal: stop.signal }, key, manifest);
    await expect(work).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });

  it('get none where the archive has gone', async () => {
    await world.append('hello');
    const { messages } = await embedAll();
    world.store.sessions.get('acme/chat')?.manifests.clear();
    expect(await messages()).toBeUndefined();
  });
});
