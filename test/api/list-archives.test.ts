import { expect, test } from 'vitest';
import { type ApiRequest, type ArchivesView, handleRequest } from '../../lib/api/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';

const ARCHIVES = 120;
/** What a Lambda function may answer. */
const MAX_ANSWER_BYTES = 6_000_000;

test('a page of archives is an answer that a function may give, however long the summaries', async () => {
  const { store, clock, context, log } = await commitWorld();
  const summary = { outcome: 'done', atMs: 0, by: 'test', text: '茶'.repeat(21_800), covers: [] } as const;
  for (let archive = 1; archive <= ARCHIVES; archive += 1) {
    const head = { archive, from: archive, to: archive, recordCount: 1, messageCount: 1, bytes: 1 };
    const rest = { chunks: [], commitId: `c-${archive}`, sealedAtMs: 0 };
    await store.putManifest(key, { ...head, ...rest, followUp: { state: 'completed', summary } });
  }
  const { fence } = await store.claim(key);
  const seal = { archive: ARCHIVES, from: ARCHIVES, to: ARCHIVES, commitId: 'c', sealedAtMs: 0 };
  await store.seal(key, fence, seal);
  await store.unseal(key, fence);
  const api = {
    ...{ store, clock, lease: context.lease, limits: defaultLimits, newId: log.newId, owner: 'api' },
    ...{
      memories: inProcessMemoryStore(),
      commits: recordingSender<never>(),
      followUps: recordingSender<never>(),
    },
    onEvent: () => undefined,
  };

  const found: number[] = [];
  const sizes: number[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const request: ApiRequest = {
      identity: { tenant: key.tenant, subject: 'ann' },
      path: { sessionId: key.session },
      query: { after: String(after), limit: '1000' },
      headers: {},
      body: undefined,
      signal: new AbortController().signal,
    };
    const { body } = await handleRequest(api, 'GET /sessions/{sessionId}/archives', request);
    const page = body as ArchivesView;
    sizes.push(Buffer.byteLength(JSON.stringify(page)));
    found.push(...page.archives.map(({ archive }) => archive));
    after = page.nextAfter;
  }
  expect(found).toEqual(Array.from({ length: ARCHIVES }, (_, index) => index + 1));
  expect(Math.max(...sizes)).toBeLessThan(MAX_ANSWER_BYTES);
});
