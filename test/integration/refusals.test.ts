import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../lib/client/index.ts';
import { type LocalWorld, localWorld } from '../support/local-world.ts';

let world: LocalWorld;
let token: string;
beforeAll(async () => {
  world = await localWorld();
  token = await world.tokenOf('ann');
  await world.client.createSession('kept');
});
afterAll(() => world?.[Symbol.asyncDispose]());

const message = { role: 'user', content: 'hello' };

interface Refusal {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
  /** The bound, or what was expected. */
  readonly says?: RegExp;
}

const refusals: Refusal[] = [
  { what: 'malformed JSON', body: '{"messages":', status: 400, code: 'malformed-json', field: 'body' },
  {
    what: 'an empty list of messages',
    body: { messages: [] },
    status: 400,
    code: 'invalid-input',
    field: 'messages',
    says: /at least 1/,
  },
  { what: 'no list of messages', body: {}, status: 400, code: 'invalid-input', field: 'messages' },
  {
    what: 'more than 100 messages',
    body: { messages: Array.from({ length: 101 }, () => message) },
    status: 400,
    code: 'invalid-input',
    field: 'messages',
    says: /at most 100/,
  },
  {
    what: 'a message of 500 KB',
    body: { messages: [{ role: 'user', content: 'x'.repeat(500_000) }] },
    status: 413,
    code: 'append-too-large',
    field: 'messages',
    says: /262[ ,]?144|256 KiB/,
  },
  {
    what: 'a role that there is not',
    body: { messages: [message, { ...message, role: 'robot' }] },
    status: 400,
    code: 'invalid-input',
    field: 'messages[1].role',
    says: /assistant/,
  },
  {
    what: 'a field that there is not',
    body: { messages: [{ ...message, colour: 'red' }] },
    status: 400,
    code: 'invalid-input',
    field: 'messages[0]',
    says: /colour/,
  },
  {
    what: 'a policy that looks too often',
    method: 'PATCH',
    path: '/sessions/kept',
    body: { autoCommit: { idleSeconds: 5 } },
    status: 400,
    code: 'invalid-input',
    field: 'autoCommit.idleSeconds',
    says: />=60/,
  },
  {
    what: 'a policy that keeps more than it counts',
    method: 'PATCH',
    path: '/sessions/kept',
    body: { autoCommit: { messageCount: 10, keepRecent: 10 } },
    status: 400,
    code: 'invalid-input',
    field: 'autoCommit.messageCount',
    says: /above keepRecent/,
  },
  {
    what: 'a policy without a threshold',
    method: 'PUT',
    path: '/sessions/kept',
    body: { autoCommit: { messageCount: null, pendingTokens: null, idleSeconds: null } },
    status: 400,
    code: 'invalid-input',
    field: 'autoCommit',
    says: /at least one of/,
  },
  {
    what: 'an unknown session',
    path: '/sessions/nowhere/messages',
    body: { messages: [message] },
    status: 404,
    code: 'session-not-found',
    field: 'sessionId',
  },
  {
    what: 'a commit of an unknown session',
    path: '/sessions/nowhere/commits',
    status: 404,
    code: 'session-not-found',
    field: 'sessionId',
  },
  {
    what: 'a session id with a slash',
    path: `/sessions/${encodeURIComponent('a/b')}/messages`,
    body: { messages: [message] },
    status: 400,
    code: 'invalid-input',
    field: 'sessionId',
  },
  {
    what: 'deep nesting',
    body: `{"messages":[{"role":"user","content":"x","metadata":{"a":${'['.repeat(120_000)}${']'.repeat(120_000)}}}]}`,
    status: 400,
    code: 'invalid-input',
    says: /^messages\[0\]\.metadata\.a\[0\].*nested more than 64 deep/,
  },
  {
    what: 'a number that no double holds',
    body: '{"messages":[{"role":"user","content":"x","metadata":{"id":9007199254740993}}]}',
    status: 400,
    code: 'invalid-input',
    field: 'messages[0].metadata.id',
    says: /9007199254740992/,
  },
  {
    what: 'a session id with a broken escape',
    path: '/sessions/%ED%A0%BD/messages',
    body: { messages: [message] },
    status: 400,
    code: 'invalid-input',
    field: 'sessionId',
  },
  {
    what: 'a negative keepRecent',
    path: '/sessions/kept/commits',
    body: { keepRecent: -1 },
    status: 400,
    code: 'invalid-input',
    field: 'keepRecent',
    says: /0/,
  },
  {
    what: 'a page that is too long',
    method: 'GET',
    path: '/sessions/kept?limit=5000',
    status: 400,
    code: 'invalid-input',
    field: 'limit',
    says: /1 to 1000/,
  },
  {
    what: 'an archive that there is not',
    method: 'GET',
    path: '/sessions/kept/archives/7',
    status: 404,
    code: 'archive-not-found',
    field: 'archive',
  },
];

describe('the API refuses', () => {
  let positionBefore: number;
  beforeEach(async () => {
    const { position } = await world.client.append('kept', [{ role: 'user', content: 'before' }]);
    positionBefore = position;
  });

  it.each(refusals)('$what, names the field and the bound, and writes nothing', async (refusal) => {
    const { method = 'POST', path = '/sessions/kept/messages', body, headers } = refusal;
    const response = await fetch(`${world.stack.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

    expect(response.status).toBe(refusal.status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as ProblemView;
    expect(problem).toMatchObject({ status: refusal.status, code: refusal.code });
    if (refusal.field) expect(problem.errors?.map(({ field }) => field)).toContain(refusal.field);
    if (refusal.says) expect(problem.detail).toMatch(refusal.says);

    const { position } = await world.client.append('kept', [{ role: 'user', content: 'after' }]);
    expect(position, 'no position was taken').toBe(positionBefore + 1);
  });

  it.each([
    ['Latin 1', [0xe9]],
    ['half an emoji', [0xf0, 0x9f, 0x98]],
    ['CESU-8', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ])('bytes that are not UTF-8, whatever their type, and writes nothing: %s', async (_what, bytes) => {
    const [before, after] = ['{"messages":[{"role":"user","content":"caf', '"}]}'].map((part) =>
      Buffer.from(part),
    );
    const body = Buffer.concat([before ?? [], Buffer.from(bytes), after ?? []] as Buffer[]);
    for (const type of ['application/json', 'text/plain', 'application/octet-stream', undefined]) {
      const response = await fetch(`${world.stack.apiUrl}/sessions/kept/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, ...(type && { 'content-type': type }) },
        body,
      });
      expect([response.status, await response.json()]).toMatchObject([400, { code: 'body-not-utf8' }]);
    }
    const { position } = await world.client.append('kept', [{ role: 'user', content: 'after' }]);
    expect(position, 'no position was taken').toBe(positionBefore + 1);
  });

  it.each([
    ['no token', undefined],
    ['a token that is none', 'Bearer nonsense'],
    ['a token that somebody else signed', `Bearer ${forged()}`],
  ])('%s with 401', async (_what, authorization) => {
    const response = await fetch(`${world.stack.apiUrl}/sessions/kept/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify({ messages: [message] }),
    });
    expect(response.status).toBe(401);
  });

  it('to show one tenant what another has', async () => {
    const other = await world.stack.mintToken({ tenant: 'other', sub: 'eve' });
    const response = await fetch(`${world.stack.apiUrl}/sessions/kept`, {
      headers: { authorization: `Bearer ${other}` },
    });
    expect(response.status).toBe(404);
  });
});

/** Well-formed, and signed with a key that nobody knows. */
function forged(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'eve', tenant: 'acme', exp: 4_102_444_800 };
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.alloc(256, 1).toString('base64url')}`;
}
