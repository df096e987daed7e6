import { expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type FollowUpContext, followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { type ExtractionRequest, type Model, offlineModel } from '../../lib/model/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';

const forever = new AbortController().signal;
const extraction = {
  categories: [
    { name: 'profile', description: 'who' },
    { name: 'health', description: 'how' },
  ],
  instructions: 'Be brief.',
  version: 'clinic.3f9a2c1b',
};

/** Follows up an archive of a session with this restriction. */
async function followedUp(
  memoryCategories: readonly string[] | null,
  { extraction: settings, model: replaced }: Pick<Partial<FollowUpContext>, 'extraction' | 'model'> = {},
) {
  const world = await commitWorld();
  await world.store.updateSettings(key, { memoryCategories });
  const requests: ExtractionRequest[] = [];
  const model: Model = {
    name: 'asked',
    summarise: async () => ({ value: 'A summary.' }),
    async extract(request) {
      requests.push(request);
      const fact = { key: 'asthma', text: 'Ann has asthma.', confidence: 1, messageId: 'm' };
      return {
        value: { memories: ['health', 'event'].map((category) => ({ ...fact, category })), rejected: [] },
        ...(request.settings?.version !== undefined && { extractionVersion: request.settings.version }),
      };
    },
  };
  const memories = inProcessMemoryStore(world.store.sessions);
  const context: FollowUpContext = {
    store: world.store,
    memories,
    model: replaced ?? model,
    fallback: offlineModel(),
    ...(settings && { extraction: settings }),
    lease: world.context.lease,
    limits: defaultLimits,
    owner: 'worker-1',
    onEvent: () => undefined,
  };
  await world.append('My name is Ann, and I have asthma.');
  await commitSession(world.context, world.message('c-1'), forever);
  await followUpArchive(context, { ...key, archive: 1, commitId: 'c-1' }, forever);
  const recorded = (await world.store.readManifest(key, 1))?.followUp.extraction;
  const { memories: known } = await memories.listMemories(
    { tenant: key.tenant, scope: 'ann' },
    { limit: 10 },
  );
  const statements = [...memories.scopes.values()].flatMap((scope) => [...scope.statements.values()]);
  return { requests, recorded, known, statements };
}

test('a session without a restriction is asked for all categories of the deployment', async () => {
  const { requests, known, recorded, statements } = await followedUp(null, { extraction });
  expect(requests).toMatchObject([{ categories: ['profile', 'health'], settings: extraction }]);
  expect(known).toMatchObject([{ category: 'health', key: 'asthma' }]);
  expect(recorded).toMatchObject({ extractionVersion: 'clinic.3f9a2c1b', rejected: 1 });
  expect(statements).toMatchObject([{ category: 'health', by: { extractionVersion: 'clinic.3f9a2c1b' } }]);
});

test('a session with one is asked for those that the deployment still has', async () => {
  const { requests } = await followedUp(['event', 'health'], { extraction });
  expect(requests).toMatchObject([{ categories: ['health'] }]);
});

test('a deployment without a file asks for the built-in categories, and records no version', async () => {
  const { requests, recorded } = await followedUp(null);
  expect(requests).toMatchObject([
    { categories: ['profile', 'preference', 'entity', 'event', 'case', 'pattern'] },
  ]);
  expect(recorded).not.toHaveProperty('extractionVersion');
});

test('the offline model finds what it can of the categories, and took no instructions', async () => {
  const { known, recorded } = await followedUp(null, { extraction, model: offlineModel() });
  expect(known.map(({ category }) => category)).toContain('profile');
  expect(recorded).not.toHaveProperty('extractionVersion');
});
