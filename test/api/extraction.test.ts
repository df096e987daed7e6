import { expect, test } from 'vitest';
import { type ApiRequest, type ExtractionView, handleRequest, problemOf } from '../../lib/api/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { type FollowUpContext, followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { eraseScope } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import type { FollowUpMessage } from '../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';

const signal = new AbortController().signal;

/** The API, and the worker behind its queue; one archive that is not followed up. */
async function extractionWorld() {
  const world = await commitWorld();
  const { store, context, clock, log } = world;
  await store.updateSettings(key, { memoryCategories: null });
  const memories = inProcessMemoryStore(store.sessions);
  const followUps = recordingSender<FollowUpMessage>();
  const answer = { city: 'Oslo' };
  const model: Model = {
    name: 'test:model',
    summarise: async () => ({ value: 'They talked.' }),
    async extract({ messages }) {
      const said = { category: 'profile', key: 'city', text: answer.city, confidence: 1 };
      const found = messages.map(({ id }) => ({ ...said, messageId: id }));
      return { value: { memories: found, rejected: [] }, promptVersion: 'p.v2', extractionVersion: 'own.1' };
    },
  };
  const common = { store, memories, lease: context.lease, limits: defaultLimits, owner: 'w' };
  const api = {
    ...{ ...common, clock, newId: log.newId, commits: recordingSender<never>(), followUps },
    onEvent: () => undefined,
  };
  const worker: FollowUpContext = { ...common, model, fallback: model, onEvent: () => undefined };
  await world.append('Hello.');
  await commitSession(context, world.message('c-1'), signal);
  const call = async (method: 'POST' | 'GET', body: object = {}, archive = '1') => {
    const request: ApiRequest = {
      identity: { tenant: key.tenant, subject: 'ann' },
      path: { sessionId: key.session, archive },
      ...{ query: {}, headers: {}, body: JSON.stringify(body), signal },
    };
    const route = `${method} /sessions/{sessionId}/archives/{archive}/extraction`;
    return handleRequest(api, route, request).catch((error) => {
      const { view } = problemOf(error);
      return { status: view.status, body: view };
    });
  };
  const sent = () => [...followUps.sent.values()];
  return {
    ...{ call, sent, answer, memories, context, store, clock },
    view: async () => (await call('GET')).body as ExtractionView,
    work: () => {
      const message = sent().at(-1);
      return message && followUpArchive(worker, message, signal);
    },
    texts: async () =>
      (await memories.listMemories({ tenant: 'acme', scope: 'ann' }, {})).memories.map(({ text }) => text),
  };
}

test('an archive whose follow-up is not completed is followed up instead', async () => {
  const { call, sent, work, texts, view } = await extractionWorld();
  expect(await call('POST')).toEqual({ status: 202, body: { archive: 1, followUp: 'sent-again' } });
  expect(sent()).toEqual([{ ...key, archive: 1, commitId: 'c-1' }]);
  await work();
  expect(await texts()).toEqual(['Oslo']);
  expect(await view()).toEqual({
    ...{ archive: 1, state: 'none', at: expect.any(String) },
    ...{ model: 'test:model', promptVersion: 'p.v2', extractionVersion: 'own.1' },
  });
});

test('a dry run shows what would change, and what it found is merged when that is asked', async () => {
  const { call, sent, work, texts, view, answer } = await extractionWorld();
  await call('POST');
  await work();
  answer.city = 'Bergen';
  const { status, body } = await call('POST', { dryRun: true });
  const { extractionId = '' } = body as { extractionId?: string };
  expect({ status, body }).toEqual({ status: 202, body: { archive: 1, extractionId, dryRun: true } });
  expect(sent().at(-1)?.again).toEqual({ id: extractionId, mode: 'find' });
  await work();
  expect(await view()).toEqual({
    ...{ archive: 1, state: 'found', extractionId, at: expect.any(String) },
    ...{ model: 'test:model', promptVersion: 'p.v2', extractionVersion: 'own.1' },
    difference: {
      added: [],
      changed: [{ category: 'profile', key: 'city', before: { text: 'Oslo' }, after: { text: 'Bergen' } }],
      ...{ removed: [], unchanged: 0 },
    },
  });
  expect(await texts()).toEqual(['Oslo']);

  const applied = { status: 202, body: { archive: 1, extractionId, dryRun: false } };
  expect(await call('POST', { apply: extractionId })).toEqual(applied);
  await work();
  expect(await texts()).toEqual(['Bergen']);
  expect(await view()).toMatchObject({ state: 'merged', extractionId, model: 'test:model' });
  expect(await call('POST', { apply: extractionId })).toEqual(applied);
});

test('what a dry run found cannot be merged once another took its place', async () => {
  const { call, work } = await extractionWorld();
  await call('POST');
  await work();
  const first = (await call('POST', { dryRun: true })).body as { extractionId: string };
  await work();
  await call('POST', { dryRun: true });
  await work();
  expect(await call('POST', { apply: first.extractionId })).toMatchObject({
    status: 409,
    body: { code: 'extraction-gone', errors: [{ field: 'apply' }] },
  });
});

test('one that failed says why', async () => {
  const { store, view, call, work, clock } = await extractionWorld();
  await call('POST');
  await work();
  const extraction = { outcome: 'skipped', atMs: clock.now(), reason: 'no credit' } as const;
  await store.recordAgain(key, 1, { id: 'x', extraction });
  expect(await view()).toEqual({
    ...{ archive: 1, state: 'failed', extractionId: 'x' },
    failure: { at: new Date(clock.now()).toISOString(), reason: 'no credit' },
  });
});

test('what was said before the scope was erased is in no difference', async () => {
  const { call, work, view, memories, context, clock } = await extractionWorld();
  await call('POST');
  await work();
  await call('POST', { dryRun: true });
  await work();
  await eraseScope({ ...context.lease, memories }, { tenant: 'acme', scope: 'ann' }, clock.now());
  expect((await view()).difference).toEqual({ added: [], changed: [], removed: [], unchanged: 0 });
});

test('an archive that is not there, and a body that asks for both, are refused', async () => {
  const { call } = await extractionWorld();
  for (const method of ['GET', 'POST'] as const)
    expect(await call(method, {}, '7')).toMatchObject({ status: 404, body: { code: 'archive-not-found' } });
  expect(await call('POST', { dryRun: true, apply: 'x' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'apply', message: 'must be alone: it merges what a dry run found' }] },
  });
  expect(await call('POST', { dry: true })).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
});
