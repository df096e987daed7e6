import { expect, it } from 'vitest';
import { problemStatuses } from '../../../lib/api/problem-statuses.ts';
import { apiWorld, type Call } from './api-world.ts';
import { type CallerOperation, callerOperations, openApiChecks } from './open-api-checks.ts';

const checks = openApiChecks();

/** A world in which whatever the API answers must be as its description says. */
async function checkedWorld() {
  const world = await apiWorld();
  const seen = new Set<string>();
  const codes = new Set<string>();
  async function ask(operation: CallerOperation, status: number, call: Call = {}) {
    const answer = await world.ask(operation, call);
    const { body } = answer;
    expect({ operation, status: answer.status, body }).toEqual({ operation, status, body });
    expect(checks.objectionTo(operation, status, body), operation).toBeUndefined();
    expect(checks.undocumented(operation, status, body), operation).toBeUndefined();
    seen.add(`${operation} ${status}`);
    if (status >= 400) codes.add(String(body?.['code']));
    return body ?? {};
  }
  return { ...world, ask, seen, codes };
}

type World = Awaited<ReturnType<typeof checkedWorld>>;

const parts = [
  { type: 'reasoning', text: 'Hm.' },
  { type: 'text', text: 'Let me look.' },
  { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bergen' } },
  { type: 'file', mediaType: 'image/png', data: 'AAAA' },
  { type: 'video', frames: 3 },
];
const result = { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: '7 °C', isError: false };

async function talk({ ask }: World) {
  const messages = [
    {
      id: 'm1',
      role: 'user',
      content: 'I like tea.',
      at: '2026-01-01T12:00:00+01:00',
      metadata: { name: 'Ann' },
    },
    { id: 'm2', role: 'assistant', content: parts },
    { id: 'm3', role: 'tool', content: [result] },
  ];
  await ask('appendMessages', 201, { body: { messages } });
  await ask('appendMessages', 200, { body: { messages } });
  const headers = { 'idempotency-key': 'k1' };
  await ask('appendMessages', 201, { headers, body: { messages: [{ role: 'user', content: 'One.' }] } });
  await ask('appendMessages', 422, { headers, body: { messages: [{ role: 'user', content: 'Two.' }] } });
  await ask('appendMessages', 422, { body: { messages: [{ id: 'm1', role: 'user', content: 'Other.' }] } });
  const huge = [{ role: 'user', content: 'x'.repeat(300_000) }];
  await ask('appendMessages', 413, { body: { messages: huge } });
  await ask('appendMessages', 400, { body: '{' });
  await ask('appendMessages', 400, { body: { messages: [] } });
  await ask('appendMessages', 404, {
    path: { sessionId: 'none' },
    body: { messages: [{ role: 'user', content: 'One.' }] },
  });
}

async function sessions({ ask }: World) {
  const settings = { title: 'Tea', memoryCategories: ['profile'], autoCommit: { messageCount: 5 } };
  await ask('createSession', 200, { body: settings });
  await ask('createSession', 201, { path: { sessionId: 'other' }, body: settings });
  await ask('createSession', 400, { body: { scope: '..' } });
  await ask('createSession', 413, { body: ' '.repeat(1_100_000) });
  await ask('updateSession', 200, { path: { sessionId: 'other' }, body: { ...settings, title: null } });
  await ask('updateSession', 400, { body: {} });
  await ask('updateSession', 404, { path: { sessionId: 'none' }, body: { title: 'x' } });
  for (let scope = 1; scope <= 50; scope += 1) {
    await ask('updateSession', 200, { path: { sessionId: 'other' }, body: { scope: `s${scope}` } });
  }
  await ask('updateSession', 409, { path: { sessionId: 'other' }, body: { scope: 's51' } });
  await ask('getSession', 200, { query: { limit: '1' } });
  await ask('getSession', 404, { path: { sessionId: 'none' } });
  await ask('getSession', 400, { query: { limit: 'x' } });
  const due = Array.from({ length: 5 }, () => ({ role: 'user', content: 'Hello.' }));
  const policed = { path: { sessionId: 'other' }, body: { messages: due } };
  expect(await ask('appendMessages', 201, policed)).toHaveProperty('autoCommit.commitId');
}

async function commits(world: World) {
  const { ask } = world;
  const cancelled = await ask('requestCommit', 202, { headers: { 'idempotency-key': 'c0' }, body: {} });
  const path = { commitId: String(cancelled['commitId']) };
  await ask('getCommit', 200, { path });
  await ask('cancelCommit', 200, { path });
  const { commitId } = await ask('requestCommit', 202, { body: { keepRecent: 1, reason: 'Enough.' } });
  await ask('getSession', 200);
  await world.commitAll();
  await ask('cancelCommit', 409, { path: { commitId: String(commitId) } });
  await ask('getMessage', 200);
  await ask('requestExtraction', 202);
  await world.followUpAll();
  await ask('getCommit', 200, { path: { commitId: String(commitId) } });
  await ask('getCommit', 404);
  await ask('cancelCommit', 404);
  await ask('requestCommit', 404, { path: { sessionId: 'none' } });
  await ask('listCommits', 200, { query: { limit: '1' } });
  await ask('listCommits', 404, { path: { sessionId: 'none' } });
  await ask('listSessions', 200, { query: { limit: '1' } });
  await ask('listSessions', 200);
  await ask('listSessions', 400, { query: { after: 'x' } });
}

async function reading({ ask }: World) {
  await ask('getSession', 200);
  await ask('listArchives', 200, { query: { limit: '1' } });
  await ask('listArchives', 404, { path: { sessionId: 'none' } });
  await ask('getArchive', 200, { query: { limit: '1' } });
  await ask('getArchive', 404, { path: { archive: '99' } });
  await ask('getArchive', 400, { path: { archive: '0' } });
  await ask('getMessage', 200);
  await ask('getMessage', 404, { path: { messageId: 'none' } });
  await ask('getMessage', 404, { path: { sessionId: 'none' } });
  await ask('searchSession', 200, { query: { q: 'tea' } });
  await ask('searchSession', 400);
  await ask('searchSession', 404, { path: { sessionId: 'none' }, query: { q: 'tea' } });
  for (const format of ['json', 'messages', 'text']) {
    await ask('getContext', 200, { query: { format } });
    await ask('getContext', 200, { query: { format, tokenBudget: '12', memoryShare: '0.5' } });
  }
  await ask('getContext', 404, { path: { sessionId: 'none' } });
}

async function extractions(world: World) {
  const { ask, said } = world;
  await ask('getExtraction', 200);
  said.text = 'Ann lives in Bergen.';
  const { extractionId } = await ask('requestExtraction', 202, { body: { dryRun: true } });
  await world.followUpAll();
  expect(await ask('getExtraction', 200)).toMatchObject({ state: 'found', difference: { unchanged: 0 } });
  await ask('requestExtraction', 202, { body: { apply: extractionId } });
  await world.followUpAll();
  expect(await ask('getExtraction', 200)).toMatchObject({ state: 'merged' });
  await ask('requestExtraction', 409, { body: { apply: 'gone' } });
  await ask('requestExtraction', 404, { path: { archive: '99' } });
  await ask('requestExtraction', 400, { body: { dryRun: true, apply: 'x' } });
  await ask('getExtraction', 404, { path: { archive: '99' } });
}

async function memories({ ask }: World) {
  await ask('getMemory', 200, { query: { limit: '1' } });
  const drink = { path: { category: 'preference', key: 'drink' } };
  await ask('editMemory', 200, { ...drink, body: { text: 'Ann likes tea.' } });
  await ask('editMemory', 400, {
    ...drink,
    body: { text: 'My password is hunter2-hunter2, and my card is 4111 1111 1111 1111.' },
  });
  await ask('editMemory', 400, { path: { key: 'No Key' }, body: { text: 'x' } });
  await ask('listMemories', 200, { query: { limit: '1' } });
  await ask('listMemories', 200, { query: { q: 'tea' } });
  await ask('listMemories', 400, { query: { q: '' } });
  await ask('restoreMemory', 409, drink);
  await ask('forgetMemory', 204, drink);
  await ask('forgetMemory', 404, drink);
  await ask('listMemories', 200, { query: { forgotten: 'true' } });
  await ask('getMemory', 200, drink);
  await ask('getContext', 200, { query: { query: 'tea' } });
  await ask('restoreMemory', 200, drink);
  await ask('getMemory', 200, drink);
  await ask('forgetMemory', 204, { ...drink, query: { erase: 'true' } });
  await ask('getMemory', 404, drink);
  await ask('restoreMemory', 404, drink);
  await ask('eraseMemories', 204);
}

async function deletion({ ask }: World) {
  await ask('deleteSession', 204, { query: { memories: 'true' } });
  await ask('deleteSession', 404, { path: { sessionId: 'none' } });
  await ask('createSession', 410);
  await ask('getMessage', 410);
}

/** Those of the gateway's event, which no operation sees, and of what no caller brings about. */
const elsewhere = ['body-not-utf8', 'identity-incomplete', 'route-not-found'];

it('describes what the API answers: each success, and each kind of problem', async () => {
  const world = await checkedWorld();
  await talk(world);
  await sessions(world);
  await commits(world);
  await reading(world);
  await extractions(world);
  await memories(world);
  await deletion(world);

  const successes = callerOperations.flatMap((operation) =>
    Object.keys(checks.objectOf(operation).responses)
      .filter((status) => status < '300')
      .map((status) => `${operation} ${status}`),
  );
  expect(successes.filter((one) => !world.seen.has(one))).toEqual([]);
  const refusals = Object.entries(problemStatuses).flatMap(([code, status]) => (status < 500 ? [code] : []));
  expect(refusals.filter((code) => !world.codes.has(code))).toEqual(elsewhere.toSorted(byName(refusals)));
});

const byName = (order: readonly string[]) => (one: string, other: string) =>
  order.indexOf(one) - order.indexOf(other);
