import { describe, expect, it } from 'vitest';
import { CommitlaneApiError, CommitlaneNetworkError, commitlaneClient } from '../../lib/client/index.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { instantClock } from './instant-clock.ts';
import { type ScriptedAnswer, scriptedServer } from './scripted-server.ts';

const message = { role: 'user', content: 'hello' } as const;
const appended = { status: 201, json: { position: 1, messageIds: ['m1'], positions: [1], duplicate: false } };

async function setUp(answers: readonly ScriptedAnswer[], options = {}) {
  const server = await scriptedServer(answers);
  const clock = instantClock(Date.parse('2026-01-01T00:00:00Z'));
  const client = commitlaneClient({
    baseUrl: server.baseUrl,
    token: 'secret',
    clock,
    random: () => 0.5,
    timeoutMs: safetyTimeouts.conditionMs,
    ...options,
  });
  return { server, clock, client, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('an append', () => {
  it('is sent again, with the same key, after a dropped connection', async () => {
    await using test = await setUp(['drop', appended]);
    await expect(test.client.append('s', [message])).resolves.toEqual(appended.json);
    const keys = test.server.received.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(test.server.received[1]?.body).toBe(test.server.received[0]?.body);
  });

  it('has a key of its own, different from that of the next append', async () => {
    await using test = await setUp([appended, appended]);
    await test.client.append('s', [message]);
    await test.client.append('s', [message]);
    const [first, second] = test.server.received.map(({ headers }) => headers['idempotency-key']);
    expect(first).not.toBe(second);
  });

  it('carries the key that its caller gives', async () => {
    await using test = await setUp([appended]);
    await test.client.append('s', [message], { idempotencyKey: 'turn-7' });
    expect(test.server.received[0]?.headers['idempotency-key']).toBe('turn-7');
  });

  it('has no key where each of its messages is known again by its id, unless one is given', async () => {
    await using test = await setUp([appended, appended, appended]);
    const withId = { ...message, id: 'm1' };
    await test.client.append('s', [withId]);
    await test.client.append('s', [withId, message]);
    await test.client.append('s', [withId], { idempotencyKey: 'turn-7' });
    const keys = test.server.received.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([undefined, expect.stringMatching(/^[0-9a-f]{32}$/), 'turn-7']);
  });
});

describe('a retry', () => {
  it('follows 429 and every 5xx, waiting longer each time, with jitter', async () => {
    await using test = await setUp([{ status: 429 }, { status: 500 }, { status: 503 }, appended]);
    await test.client.append('s', [message]);
    expect(test.clock.sleepsMs).toEqual([100, 200, 400]);
  });

  it('waits no longer than maxBackoffMs by itself', async () => {
    const unavailable = { status: 503 };
    await using test = await setUp([unavailable, unavailable, unavailable, appended], { maxBackoffMs: 300 });
    await test.client.append('s', [message]);
    expect(test.clock.sleepsMs).toEqual([100, 150, 150]);
  });

  it('waits at least as long as Retry-After asks, in seconds or as a date', async () => {
    await using test = await setUp([
      { status: 429, headers: { 'retry-after': '2' } },
      { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' } },
      appended,
    ]);
    await test.client.append('s', [message]);
    const untilDateMs = 10_000 - 2_100;
    expect(test.clock.sleepsMs).toEqual([2_000 + 100, untilDateMs + 200]);
  });

  it('does not follow a Retry-After that is longer than maxRetryAfterMs', async () => {
    await using test = await setUp([{ status: 503, headers: { 'retry-after': '31' } }]);
    await expect(test.client.append('s', [message])).rejects.toMatchObject({
      status: 503,
      retry: { retryable: true, afterMs: 31_000 },
    });
    expect(test.server.received).toHaveLength(1);
  });

  it.each([400, 401, 403, 404, 409, 413, 422])('does not follow %i', async (status) => {
    await using test = await setUp([{ status }]);
    await expect(test.client.append('s', [message])).rejects.toBeInstanceOf(CommitlaneApiError);
    expect(test.server.received).toHaveLength(1);
  });

  it('ends after maxRetries, with the last error and the number of tries', async () => {
    await using test = await setUp(['drop', { status: 500 }, 'drop'], { maxRetries: 2 });
    const failure = test.client.append('s', [message]);
    await expect(failure).rejects.toBeInstanceOf(CommitlaneNetworkError);
    await expect(failure).rejects.toThrow(
      /dropped the connection .*Check the network and baseUrl\. \(try 3\)$/,
    );
    expect(test.server.received).toHaveLength(3);
  });

  it('asks for a token again, so that one which has expired meanwhile is renewed', async () => {
    const tokens = ['first', 'second'];
    await using test = await setUp([{ status: 500 }, appended], { token: async () => tokens.shift() ?? '' });
    await test.client.append('s', [message]);
    expect(test.server.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
    ]);
  });
});

describe('a try', () => {
  it('ends after timeoutMs when there is no answer', async () => {
    await using test = await setUp(['never'], { timeoutMs: 20, maxRetries: 0 });
    await expect(test.client.getSession('s')).rejects.toMatchObject({
      name: 'CommitlaneNetworkError',
      code: 'timeout',
      message: expect.stringContaining('within 20 ms'),
    });
  });

  it('ends after timeoutMs when the token function gives nothing', async () => {
    await using test = await setUp([], {
      token: () => new Promise(() => undefined),
      timeoutMs: 20,
      maxRetries: 0,
    });
    await expect(test.client.getSession('s')).rejects.toMatchObject({ code: 'timeout' });
  });

  it('passes on what a token function throws, and sends nothing', async () => {
    const refused = new Error('log in first');
    await using test = await setUp([], { token: () => Promise.reject(refused) });
    await expect(test.client.getSession('s')).rejects.toBe(refused);
    expect(test.server.received).toEqual([]);
  });
});

describe('an abort', () => {
  const reason = new Error('the user left the page');

  it('ends a call that waits for its answer, with the reason, and is not retried', async () => {
    const stop = new AbortController();
    await using server = await scriptedServer(['never'], () => stop.abort(reason));
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    await expect(client.getSession('s', { signal: stop.signal })).rejects.toBe(reason);
    expect(server.received).toHaveLength(1);
  });

  it('ends a call that waits for its next try', async () => {
    const stop = new AbortController();
    await using server = await scriptedServer([{ status: 503, headers: { 'retry-after': '20' } }]);
    const client = commitlaneClient({
      baseUrl: server.baseUrl,
      token: 'secret',
      random: () => {
        queueMicrotask(() => stop.abort(reason));
        return 0;
      },
    });
    await expect(client.getSession('s', { signal: stop.signal })).rejects.toBe(reason);
    expect(server.received).toHaveLength(1);
  });

  it('ends a call before it is sent', async () => {
    await using server = await scriptedServer([]);
    const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret' });
    await expect(client.getSession('s', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.received).toEqual([]);
  });
});
