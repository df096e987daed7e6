import { expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories, type ExtractedMemory } from '../../lib/memory/index.ts';
import type { KnownMemory, Model } from '../../lib/model/index.ts';
import { dynamodbSessionStore, inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';

const signal = new AbortController().signal;

/** One archive, followed up by a model that summarises at length and gives these memories. */
async function followedUp(extracted: readonly ExtractedMemory[], memories = inProcessMemoryStore()) {
  const { store, context, message, append, clock } = await commitWorld();
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
  const common = { lease: context.lease, limits: defaultLimits, owner: 'w', onEvent: () => undefined };
  const work = followUpArchive(
    { store, memories, model, fallback: model, ...common },
    { ...key, archive: 1, commitId: 'c-1' },
    signal,
  );
  await clock.runUntil(work);
  const manifest = await store.readManifest(key, 1);
  if (!manifest) throw new Error('there is no manifest');
  return { manifest, known };
}

test('what a follow-up records fits the manifest, whatever the model gives', async () => {
  const memory = { category: 'event', confidence: 1, text: '茶'.repeat(1_000) } as const;
  const extracted = Array.from({ length: 300 }, (_, index) => ({
    ...memory,
    key: `k-${index}`,
    messageId: 'm'.repeat(index === 0 ? 500_000 : 128),
  }));
  const { manifest } = await followedUp(extracted);
  const { summary, extraction } = manifest.followUp;
  if (!summary || extraction?.outcome !== 'done') throw new Error('a step is missing');
  expect(extraction.memories.length).toBeGreaterThan(40);
  await using table = await dynaliteTable();
  const store = dynamodbSessionStore(table);
  await store.putManifest(key, manifest);
  expect(await store.recordStep(key, 1, 'summary', summary)).toBe(true);
  expect(await store.recordStep(key, 1, 'extraction', extraction)).toBe(true);
});

test('the model is told the profile and what the conversation is about, of however many memories', async () => {
  const store = inProcessMemoryStore();
  const scope = { tenant: 'acme', scope: 'ann' };
  const memory = { confidence: 1, firstSeenAtMs: 0, lastSeenAtMs: 0, archives: [], history: [], version: 1 };
  for (let index = 0; index < 600; index += 1) {
    const text = index === 300 ? 'Ann says hello to all she meets.' : `Ann met ${index} people.`;
    await store.putMemory(scope, { ...memory, category: 'event', key: `k-${index}`, text });
  }
  const city = { category: 'profile', key: 'home-city', text: 'Ann lives in Bergen.' } as const;
  await store.putMemory(scope, { ...memory, ...city });
  const { known } = await followedUp([], store);
  expect(known).toHaveLength(100);
  expect(known.slice(0, 2)).toEqual([
    city,
    { category: 'event', key: 'k-300', text: 'Ann says hello to all she meets.' },
  ]);
});
