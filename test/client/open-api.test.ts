import { expect, it } from 'vitest';
import type { OpenApiDocument } from '../../lib/api/index.ts';
import { type CommitlaneClient, commitlaneClient } from '../../lib/client/index.ts';
import { callerOperations, openApiChecks } from '../api/open-api/open-api-checks.ts';
import { collect } from './collect.ts';
import { scriptedServer } from './scripted-server.ts';

const subject = { category: 'preference', key: 'drink' };
const message = { id: 'm1', role: 'user', content: 'I like tea.' } as const;

/** Every call of the client to an operation, with everything that it can be given; `events` is none. */
const calls: {
  readonly [Name in Exclude<keyof CommitlaneClient, 'events'>]: (
    client: CommitlaneClient,
  ) => Promise<unknown>;
} = {
  createSession: (client) =>
    client.createSession('s', {
      title: 'Tea',
      scope: 'ann',
      memoryCategories: ['event'],
      autoCommit: { messageCount: 50, keepRecent: 2, pendingTokens: null },
    }),
  listSessions: (client) => client.listSessions({ scope: 'ann', after: '1767225600.a', limit: 2 }),
  sessions: (client) => collect(client.sessions({ limit: 2 })),
  getSession: (client) => client.getSession('s', { after: 1, limit: 2 }),
  getContext: (client) => client.getContext('s', { tokenBudget: 100, query: 'tea', memoryShare: 0.25 }),
  getContextMessages: (client) => client.getContextMessages('s'),
  getContextText: (client) => client.getContextText('s'),
  searchSession: (client) => client.searchSession('s', 'tea', { before: 9, limit: 2 }),
  updateSession: (client) => client.updateSession('s', { title: null, autoCommit: null }),
  deleteSession: (client) => client.deleteSession('s', { memories: true }),
  append: (client) => client.append('s', [message], { idempotencyKey: 'k1' }),
  findMessage: (client) => client.findMessage('s', 'm1'),
  liveMessages: (client) => collect(client.liveMessages('s', { limit: 2 })),
  requestCommit: (client) => client.requestCommit('s', { keepRecent: 1, reason: 'x', idempotencyKey: 'k' }),
  listCommits: (client) => client.listCommits('s', { after: '1767225600000.c1', limit: 2 }),
  commits: (client) => collect(client.commits('s')),
  getCommit: (client) => client.getCommit('s', 'c1'),
  cancelCommit: (client) => client.cancelCommit('s', 'c1'),
  watchCommit: (client) => collect(client.watchCommit('s', 'c1')),
  listArchives: (client) => client.listArchives('s', { after: 1, limit: 2 }),
  archives: (client) => collect(client.archives('s')),
  getArchive: (client) => client.getArchive('s', 1, { after: 1, limit: 2 }),
  archivedMessages: (client) => collect(client.archivedMessages('s', 1)),
  requestExtraction: (client) => client.requestExtraction('s', 1, { dryRun: true }),
  getExtraction: (client) => client.getExtraction('s', 1),
  listMemories: (client) =>
    client.listMemories('ann', { category: 'event', forgotten: true, after: 'event#x' }),
  memories: (client) => collect(client.memories('ann', { limit: 2 })),
  searchMemories: (client) => client.searchMemories('ann', 'tea', { category: 'event', limit: 2 }),
  getMemory: (client) => client.getMemory('ann', subject, { limit: 1 }),
  memoryStatements: (client) => collect(client.memoryStatements('ann', subject)),
  editMemory: (client) => client.editMemory('ann', subject, 'Ann likes tea.'),
  forgetMemory: (client) => client.forgetMemory('ann', subject),
  restoreMemory: (client) => client.restoreMemory('ann', subject),
  eraseMemory: (client) => client.eraseMemory('ann', subject),
  eraseMemories: (client) => client.eraseMemories('ann'),
};

/** An answer that ends every call: a page without a next one, a commit in a final state. */
const last = {
  ...{ state: 'completed', timeline: [], sessions: [], commits: [], archives: [], live: [] },
  ...{ messages: [], memories: [], statements: [], hits: [] },
};

const checks = openApiChecks();

/** The operation of a request, by the templates of the document's paths. */
function operationOf({ paths }: OpenApiDocument, method: string, pathname: string) {
  const found = Object.entries(paths).flatMap(([path, methods]) => {
    const template = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
    const operation = methods[method.toLowerCase()];
    return template.test(pathname) && operation ? [operation] : [];
  });
  return found[0];
}

it.each(Object.entries(calls))('%s sends what the OpenAPI document has', async (_, call) => {
  await using server = await scriptedServer([{ status: 200, json: last }]);
  await call(commitlaneClient({ baseUrl: server.baseUrl, token: 'secret', maxRetries: 0 }));
  const [{ method = '', url = '', headers = {}, body = '' } = {}] = server.received;
  const { pathname, searchParams } = new URL(url, server.baseUrl);
  const operation = operationOf(checks.document, method, pathname);
  const { operationId, parameters = [] } = operation ?? {};
  const name = callerOperations.find((one) => one === operationId);
  if (!name) throw new Error(`the document has no ${method} ${pathname}`);
  const named = (where: string) => parameters.filter((one) => one.in === where).map((one) => one.name);
  expect(named('query')).toEqual(expect.arrayContaining([...searchParams.keys()]));
  if ('idempotency-key' in headers) expect(named('header')).toEqual(['Idempotency-Key']);
  if (body) expect(checks.takesBody(name, JSON.parse(body))).toBe(true);
});
