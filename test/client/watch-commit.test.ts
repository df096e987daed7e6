import { describe, expect, it } from 'vitest';
import { type CommitState, type CommitView, commitlaneClient } from '../../lib/client/index.ts';
import { collect } from './collect.ts';
import { instantClock } from './instant-clock.ts';
import { type ScriptedAnswer, scriptedServer } from './scripted-server.ts';

function commit(state: CommitState, ...events: string[]): CommitView {
  const requestedAt = '2026-01-01T00:00:00.000Z';
  const timeline = events.map((event) => ({ at: requestedAt, event }));
  return { commitId: 'c1', state, keepRecent: 0, requestedAt, timeline };
}

const isView = (one: ScriptedAnswer | CommitView): one is CommitView =>
  typeof one === 'object' && 'commitId' in one;

async function setUp(answers: readonly (ScriptedAnswer | CommitView)[], timeoutMs = 10_000) {
  const server = await scriptedServer(answers.map((one) => (isView(one) ? { status: 200, json: one } : one)));
  const clock = instantClock();
  const client = commitlaneClient({
    baseUrl: server.baseUrl,
    token: 'secret',
    clock,
    timeoutMs,
    maxRetries: 0,
  });
  return { server, clock, client, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('watching a commit', () => {
  const queued = commit('queued', 'queued');
  const archived = commit('archived', 'queued', 'committing', 'archived');
  const summarised = commit('archived', 'queued', 'committing', 'archived', 'summary');
  const completed = commit('completed', 'queued', 'committing', 'archived', 'summary', 'completed');

  it('yields each change of the state or the timeline, and ends with the final state', async () => {
    await using test = await setUp([queued, queued, archived, summarised, summarised, completed]);
    const seen = await collect(test.client.watchCommit('s', 'c1'));
    expect(seen).toEqual([queued, archived, summarised, completed]);
  });

  it('goes on while a dead letter is tried again', async () => {
    const retrying = commit('retrying', 'queued', 'dead-lettered', 'retrying');
    const again = commit('dead-lettered', 'queued', 'dead-lettered', 'retrying', 'dead-lettered');
    await using test = await setUp([retrying, retrying, again]);
    expect(await collect(test.client.watchCommit('s', 'c1'))).toEqual([retrying, again]);
  });

  it.each(['completed', 'empty', 'skipped', 'cancelled', 'dead-lettered'] as const)(
    'ends at %s',
    async (state) => {
      await using test = await setUp([commit(state, state)]);
      expect(await collect(test.client.watchCommit('s', 'c1'))).toHaveLength(1);
      expect(test.server.received).toHaveLength(1);
    },
  );

  it('asks the API to wait for what it has not seen, once it has seen the commit', async () => {
    await using test = await setUp([queued, archived, completed]);
    await collect(test.client.watchCommit('s', 'c1'));
    const address = '/sessions/s/commits/c1';
    expect(test.server.received.map(({ url }) => url)).toEqual([
      address,
      `${address}?waitSeconds=20&seen=1`,
      `${address}?waitSeconds=20&seen=3`,
    ]);
  });

  it('asks for no longer a wait than it is told, and than is left of its time', async () => {
    await using test = await setUp([queued, queued, queued, completed]);
    const options = { waitSeconds: 3, timeoutMs: 3_000, pollIntervalMs: 1_000 };
    await collect(test.client.watchCommit('s', 'c1', options));
    expect(test.server.received.map(({ url }) => url?.split('?')[1])).toEqual([
      undefined,
      'waitSeconds=2&seen=1',
      undefined,
      undefined,
    ]);
  });

  it('never asks for a wait when it is told to poll', async () => {
    await using test = await setUp([queued, queued, completed]);
    await collect(test.client.watchCommit('s', 'c1', { waitSeconds: 0 }));
    expect(test.server.received.filter(({ url }) => url?.includes('?'))).toEqual([]);
  });

  it('polls an API of an earlier version, which refuses to wait', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      code: 'invalid-input',
      detail: 'x',
    };
    await using test = await setUp([queued, { status: 400, json: problem }, queued, archived, completed]);
    expect(await collect(test.client.watchCommit('s', 'c1'))).toEqual([queued, archived, completed]);
    expect(test.server.received.map(({ url }) => url?.includes('waitSeconds'))).toEqual([
      ...[false, true, false],
      ...[false, false],
    ]);
  });

  it('throws what the API says when it asks with a wait', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'commit-not-found',
      detail: 'x',
    };
    await using test = await setUp([queued, { status: 404, json: problem }]);
    await expect(collect(test.client.watchCommit('s', 'c1'))).rejects.toMatchObject({
      code: 'commit-not-found',
    });
    expect(test.server.received).toHaveLength(2);
  });

  it('gives an answer that may be held back that much more time than others', async () => {
    await using test = await setUp([queued, 'never'], 50);
    const watch = test.client.watchCommit('s', 'c1', { waitSeconds: 1 });
    await watch.next();
    await expect(watch.next()).rejects.toThrow(`no answer from ${test.server.baseUrl} within 1050 ms`);
  });

  it('looks less often while nothing changes, and often again after a change', async () => {
    await using test = await setUp([queued, queued, queued, archived, completed]);
    await collect(test.client.watchCommit('s', 'c1', { pollIntervalMs: 1_000 }));
    expect(test.clock.sleepsMs).toEqual([1_000, 1_500, 2_000, 1_000]);
  });

  it('throws after timeoutMs, with what it saw last', async () => {
    await using test = await setUp([queued, queued, queued, queued]);
    const watch = collect(test.client.watchCommit('s', 'c1', { timeoutMs: 600 }));
    await expect(watch).rejects.toMatchObject({ name: 'CommitWatchTimeoutError', commit: queued });
    await expect(watch).rejects.toThrow('Commit c1 was still queued after 600 ms of watching.');
    expect(test.clock.now()).toBe(600);
  });

  it('ends when its signal aborts, with the reason', async () => {
    await using test = await setUp([queued, queued]);
    const stop = new AbortController();
    const reason = new Error('enough');
    const watch = test.client.watchCommit('s', 'c1', { signal: stop.signal });
    await watch.next();
    stop.abort(reason);
    await expect(watch.next()).rejects.toBe(reason);
  });

  it('refuses an interval out of bounds', async () => {
    await using test = await setUp([]);
    const watch = test.client.watchCommit('s', 'c1', { pollIntervalMs: 0 });
    await expect(watch.next()).rejects.toThrow(
      "watchCommit's pollIntervalMs must be a whole number from 10 to 60000, not 0",
    );
  });

  it.each([
    [21, 'waitSeconds must be a whole number from 0 to 20, not 21'],
    [0.5, 'waitSeconds must be a whole number from 0 to 20, not 0.5'],
  ])('refuses a wait of %d s', async (waitSeconds, reason) => {
    await using test = await setUp([]);
    await expect(test.client.watchCommit('s', 'c1', { waitSeconds }).next()).rejects.toThrow(reason);
  });
});
