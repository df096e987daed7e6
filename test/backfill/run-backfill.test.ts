import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BackfillContext,
  type BackfillProgress,
  estimateBackfill,
  planBackfill,
  runBackfill,
} from '../../lib/backfill/index.ts';
import {
  type Embedder,
  EmbeddingRefusedError,
  EmbeddingUnavailableError,
} from '../../lib/embedding/index.ts';
import { crashAt } from '../support/failing-port.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';
import { type BackfillWorld, backfillWorld, keyOf, scope } from './backfill-world.ts';

let world: BackfillWorld;
beforeEach(async () => {
  world = await filledWorld();
});

async function filledWorld(): Promise<BackfillWorld> {
  const filled = await backfillWorld();
  await filled.archive('cars', 'My automobile is red.', 'The doctor has a blue one.');
  await filled.archive('cars', 'The puppy sleeps.');
  await filled.archive('films', 'We saw a movie.');
  await filled.remember('home', 'Ann has a flat in Rome.');
  await filled.remember('job', 'Ann is a baker.');
  return filled;
}

const everything = [
  'My automobile is red.',
  'The doctor has a blue one.',
  'The puppy sleeps.',
  'We saw a movie.',
  'home: Ann has a flat in Rome.',
  'job: Ann is a baker.',
];

async function backfill(context: BackfillContext) {
  return runBackfill(context, await planBackfill(context, world.places()));
}

/** An embedder that does something else than the model at some texts. */
function failing(onText: (text: string) => Error | undefined): Embedder {
  return {
    ...world.embedder,
    embed(texts, options) {
      const error = texts.map(onText).find((one) => one !== undefined);
      return error ? Promise.reject(error) : world.embedder.embed(texts, options);
    },
  };
}

const contextWith = (embedder: Embedder) =>
  world.context({ embedding: { embedder, vectors: world.vectors } });

describe('a back-fill', () => {
  it('embeds all archives and memories that have no vector, and finds nothing the next time', async () => {
    expect(await backfill(world.context())).toEqual({
      ...{ done: 6, total: 6, archives: 3, messages: 4, memories: 2 },
      ...{ archivesEmbeddedMeanwhile: 0, archivesGone: 0, memoriesChanged: 0 },
      failures: [],
    });
    expect(world.embedded.toSorted()).toEqual(everything.toSorted());
    const manifest = await world.store.readManifest(keyOf('cars'), 1);
    expect(manifest?.followUp.embedding).toMatchObject({
      outcome: 'done',
      by: 'test:meaning@256',
      messages: 2,
    });
    const plan = await planBackfill(world.context(), world.places());
    expect(plan).toEqual({ sessions: [], scopes: [], unreadable: [] });
  });

  it('lets what it embedded be found by meaning', async () => {
    await backfill(world.context());
    const { signal } = new AbortController();
    const [car = []] = await world.embedder.embed(['car'], { purpose: 'query', signal });
    const [nearest] = await world.vectors.nearMessages(keyOf('cars'), world.embedder, car, 1);
    expect(nearest).toMatchObject({ archive: 1, index: 0 });
    const [home = []] = await world.embedder.embed(['apartment Rome'], { purpose: 'query', signal });
    const [memory] = await world.vectors.nearMemories(scope, world.embedder, home, 1);
    expect(memory).toMatchObject({ key: 'home' });
  });

  it('embeds what was skipped, and what another model has embedded', async () => {
    const skipped = { outcome: 'skipped', atMs: 1, reason: 'The model hung.' } as const;
    await world.vectors.recordEmbedding(keyOf('cars'), 1, skipped);
    const other = { outcome: 'done', atMs: 1, by: 'test:other@256', messages: 1 } as const;
    await world.vectors.recordEmbedding(keyOf('cars'), 2, other);
    const own = { outcome: 'done', atMs: 1, by: 'test:meaning@256', messages: 1 } as const;
    await world.vectors.recordEmbedding(keyOf('films'), 1, own);
    expect(await backfill(world.context())).toMatchObject({ archives: 2, messages: 3 });
    expect(await backfill(contextWith(meaningEmbedder(256, 'test:other')))).toMatchObject({
      archives: 3,
      memories: 2,
    });
  });

  it('continues after it died at any step, and embeds nothing again that is recorded', async () => {
    for (let call = 1; ; call += 1) {
      for (const fault of ['before', 'after'] as const) {
        world = await filledWorld();
        const crash = crashAt(call, fault);
        const { store, vectors, embedder } = world;
        const dying = world.context({
          store: crash.wrap(store),
          embedding: { embedder: crash.wrap(embedder), vectors: crash.wrap(vectors) },
        });
        const first = await backfill(dying).catch((error: unknown) => error);
        if (!crash.crashed) return expect(first).toMatchObject({ done: 6 });
        const recorded = ['cars', 'films'].flatMap((session) =>
          [...(store.sessions.get(`acme/${session}`)?.manifests.values() ?? [])].filter(
            ({ followUp }) => followUp.embedding?.outcome === 'done',
          ),
        ).length;
        expect(await backfill(world.context())).toMatchObject({ archives: 3 - recorded, failures: [] });
        const { sessions, scopes } = await planBackfill(world.context(), world.places());
        expect({ sessions, scopes, call }).toEqual({ sessions: [], scopes: [], call });
      }
    }
  });

  it('ends when it is told to, and says how far it came; the next run does only the rest', async () => {
    await world.archive('long', ...Array.from({ length: 99 }, (_, index) => `Message ${index}.`));
    const stop = new AbortController();
    const reason = new Error('enough');
    const progress: BackfillProgress[] = [];
    const context = world.context({ signal: stop.signal });
    const stopped = await runBackfill(
      context,
      await planBackfill(context, world.places()),
      ({ done, total }) => {
        progress.push({ done, total });
        if (done > 0) stop.abort(reason);
      },
    );
    expect(stopped.stopped).toEqual({ error: reason });
    expect(stopped.total).toBe(105);
    expect(stopped.done).toBeLessThan(105);
    expect(progress[0]).toEqual({ done: 0, total: 105 });
    const rest = await backfill(world.context());
    expect(rest.archives).toBe(4 - stopped.archives);
    expect(rest.memories).toBe(2 - stopped.memories);
  });

  it('tries again what fails for a moment', async () => {
    let calls = 0;
    const embedder = failing(() => {
      calls += 1;
      return calls === 1 ? new EmbeddingUnavailableError('Busy.', { afterMs: 100 }) : undefined;
    });
    const done = await world.clock.runUntil(backfill(contextWith(embedder)));
    expect(done).toMatchObject({ done: 6, failures: [] });
    expect(done).not.toHaveProperty('stopped');
  });

  it('stops after 5 attempts at a model that does not answer, with the reason, and loses nothing', async () => {
    let calls = 0;
    const error = new EmbeddingUnavailableError('Nobody answers.', { afterMs: 1_000 });
    const embedder = failing((text) => {
      if (!text.includes('movie')) return undefined;
      calls += 1;
      return error;
    });
    const stopped = await world.clock.runUntil(backfill(contextWith(embedder)));
    expect(stopped).toMatchObject({ stopped: { error }, failures: [] });
    expect(calls).toBe(5);
    expect(await backfill(world.context())).toMatchObject({ archives: 3 - stopped.archives });
  });

  it('leaves an archive that the model refuses, names it, and embeds all others', async () => {
    const embedder = failing((text) =>
      text.includes('movie') ? new EmbeddingRefusedError('It says what may not be said.') : undefined,
    );
    const done = await backfill(contextWith(embedder));
    expect(done).toMatchObject({
      ...{ done: 6, archives: 2, memories: 2 },
      failures: [
        {
          place: { session: 'films', archive: 1 },
          code: 'embedding-refused',
          reason: 'It says what may not be said.',
        },
      ],
    });
    expect(done).not.toHaveProperty('stopped');
  });

  it('stops at a model that refuses 3 times in a row', async () => {
    const error = new EmbeddingRefusedError('There is no such model.');
    const stopped = await backfill(contextWith(failing(() => error)));
    expect(stopped).toMatchObject({ archives: 0, memories: 0, stopped: { error } });
    // Those that were under way with the third are refused, too.
    expect(stopped.failures.length).toBeGreaterThanOrEqual(3);
  });

  it('says what has gone, and what was changed or embedded meanwhile', async () => {
    const context = world.context();
    const plan = await planBackfill(context, world.places());
    const stored = world.store.sessions.get('acme/cars');
    stored?.manifests.delete(1);
    const done = { outcome: 'done', atMs: 1, by: world.embedder.id, messages: 1 } as const;
    await world.vectors.recordEmbedding(keyOf('films'), 1, done);
    const embedder: Embedder = {
      ...world.embedder,
      async embed(texts, options) {
        if (texts.some((text) => text.includes('baker'))) await world.remember('job', 'Ann is a pilot.');
        return world.embedder.embed(texts, options);
      },
    };
    expect(await runBackfill(contextWith(embedder), plan)).toMatchObject({
      ...{ archives: 1, archivesGone: 1, archivesEmbeddedMeanwhile: 1, memories: 1, memoriesChanged: 1 },
    });
    expect(await backfill(context)).toMatchObject({ archives: 0, memories: 1 });
  });

  it('leaves a damaged archive, and names it, however many there are', async () => {
    for (const text of ['One.', 'Two.', 'Three.']) await world.archive('damaged', text);
    world.store.sessions.get('acme/damaged')?.chunks.clear();
    const done = await backfill(world.context());
    expect(done).toMatchObject({ archives: 3, memories: 2 });
    expect(done.failures.map(({ code }) => code)).toEqual(Array(3).fill('archive-corrupt'));
  });
});

describe('an estimate', () => {
  it('counts what has no vector, and what it takes', async () => {
    const context = world.context();
    const plan = await planBackfill(context, world.places());
    const estimate = await estimateBackfill(context, plan);
    expect(estimate).toMatchObject({
      ...{ sessions: 2, archives: 3, messages: 4, scopes: 1, memories: 2, requests: 4 },
      // A message: 2 KB, twice. An archive: 4 KB for its record, and twice for the check. A memory: 3 KB.
      writeUnits: 4 * 2 * 2 + 3 * (4 + 4 * 2) + 2 * 3,
    });
    expect(estimate.usd).toBeCloseTo((estimate.writeUnits * 0.625) / 1e6, 12);
    expect(estimate.tokens).toBeGreaterThan(20);
    expect(estimate.tokens).toBeLessThan(60);
    expect(world.embedded).toEqual([]);
  });

  it('scales what a sample of the archives says', async () => {
    for (let archive = 0; archive < 50; archive += 1) await world.archive('long', 'one two three four five');
    const context = world.context();
    const plan = await planBackfill(context, world.places());
    let chunks = 0;
    const store: BackfillContext['store'] = {
      ...world.store,
      readChunk(...args) {
        chunks += 1;
        return world.store.readChunk(...args);
      },
    };
    const { tokens } = await estimateBackfill({ ...context, store }, plan);
    expect(chunks).toBe(20);
    expect(tokens).toBeGreaterThan(54 * 4);
    expect(tokens).toBeLessThan(54 * 9);
  });

  it('of nothing is nothing', async () => {
    await backfill(world.context());
    const context = world.context();
    const estimate = await estimateBackfill(context, await planBackfill(context, world.places()));
    expect(new Set(Object.values(estimate))).toEqual(new Set([0]));
  });
});
