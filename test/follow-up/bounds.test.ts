import { expect, test } from 'vitest';
import type { FollowUpProgress } from '../../lib/archive/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import {
  builtInCategories,
  type ExtractedMemory,
  type MemoryStore,
  mergeStatements,
} from '../../lib/memory/index.ts';
import type { KnownMemory, Model } from '../../lib/model/index.ts';
import { dynamodbSessionStore, inProcessMemoryStore, type SessionStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { statementOf } from '../support/statement-of.ts';

const signal = new AbortController().signal;

const scope = { tenant: 'acme', scope: 'ann' };

type World = Awaited<ReturnType<typeof commitWorld>>;

/** One archive, followed up by a model that summarises at length and gives these memories. */
async function followedUp(
  extracted: readonly ExtractedMemory[],
  knownIn: (world: World) => Promise<MemoryStore> = async ({ store }) => inProcessMemoryStore(store.sessions),
) {
  const world = await commitWorld();
  const { store, context, message, append, clock } = world;
  const memories = await knownIn(world);
  await store.updateSettings(key, { memoryCategories: builtInCategories });
  await append('hello');
  await commitSession(context, message('c-1'), signal);
  let known: readonly KnownMemory[] = [];
  const model: Model = {
    name: 'thorough',
    summarise: async () => ({ value: '茶'.repeat(21_800) }),
    async extract(request) {
      known = request.known;
      return { value: { memories: extracted, rejected: [] } };
    },
  };
  // The merge takes the memories off the manifest.
  let extraction: FollowUpProgress['extraction'];
  const recordStep: SessionStore['recordStep'] = async (of, archive, step, result) => {
    const recorded = await store.recordStep(of, archive, step, result);
    if (step === 'extraction') extraction = (await store.readManifest(of, archive))?.followUp.extraction;
    return recorded;
  };
  const common = { lease: context.lease, limits: defaultLimits, owner: 'w', onEvent: () => undefined };
  const work = followUpArchive(
    { store: { ...store, recordStep }, memories, model, fallback: model, ...common },
    { ...key, archive: 1, commitId: 'c-1' },
    signal,
  );
  await clock.runUntil(work);
  const manifest = await store.readManifest(key, 1);
  if (!manifest) throw new Error('there is no manifest');
  return { manifest, extraction, known, memories };
}

test('what a follow-up records fits the manifest, whatever the model gives', async () => {
  const memory = { category: 'event', confidence: 1, text: '茶'.repeat(1_000) } as const;
  const extracted = Array.from({ length: 300 }, (_, index) => ({
    ...memory,
    key: `k-${index}`,
    messageId: 'm'.repeat(index === 0 ? 500_000 : 128),
  }));
  const { manifest, extraction, memories } = await followedUp(extracted);
  const { summary, merge } = manifest.followUp;
  if (!summary || extraction?.outcome !== 'done' || !merge) throw new Error('a step is missing');
  expect(extraction.memories.length).toBeGreaterThan(40);
  expect(merge).toMatchObject({ outcome: 'done', created: extraction.memories.length });
  const remembered = await memories.listMemories(scope, { limit: 300 });
  expect(remembered.memories).toHaveLength(extraction.memories.length);

  await using table = await dynaliteTable();
  const store = dynamodbSessionStore(table);
  await store.putManifest(key, { ...manifest, followUp: { state: 'pending' } });
  expect(await store.recordStep(key, 1, 'summary', summary)).toBe(true);
  expect(await store.recordStep(key, 1, 'extraction', extraction)).toBe(true);
  expect(await store.recordMerge(key, 1, merge)).toBe(true);
  await store.setFollowUpState(key, 1, 'completed');
  expect((await store.readManifest(key, 1))?.followUp).toEqual(manifest.followUp);
});

test('the model is told the profile and what the conversation is about, of however many memories', async () => {
  const city = { category: 'profile', key: 'home-city', text: 'Ann lives in Bergen.' } as const;
  const { known } = await followedUp([], async ({ store, context }) => {
    const memories = inProcessMemoryStore(store.sessions);
    const met = Array.from({ length: 600 }, (_, index) => {
      const text = index === 300 ? 'Ann says hello to all she meets.' : `Ann met ${index} people.`;
      return statementOf(text, { category: 'event', key: `k-${index}` });
    });
    await mergeStatements({ ...context.lease, memories }, scope, [...met, statementOf(city.text, city)]);
    return memories;
  });
  expect(known).toHaveLength(100);
  expect(known.slice(0, 2)).toEqual([
    city,
    { category: 'event', key: 'k-300', text: 'Ann says hello to all she meets.' },
  ]);
});
