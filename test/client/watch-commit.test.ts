import { describe, expect, it } from 'vitest';
import { type CommitState, type CommitView, commitlaneClient } from '../../lib/client/index.ts';
import { collect } from './collect.ts';
import { instantClock } from './instant-clock.ts';
import { scriptedServer } from './scripted-server.ts';

function commit(state: CommitState, ...events: string[]): CommitView {
  const requestedAt = '2026-01-01T00:00:00.000Z';
  const timeline = events.map((event) => ({ at: requestedAt, event }));
  return { commitId: 'c1', state, keepRecent: 0, requestedAt, timeline };
}

async function setUp(commits: readonly CommitView[]) {
  const server = await scriptedServer(commits.map((json) => ({ status: 200, json })));
  const clock = instantClock();
  const client = commitlaneClient({ baseUrl: server.baseUrl, token: 'secret', clock });
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
    await expect(watch.next()).rejects.toThrow('pollIntervalMs must be from 10 to 60000, not 0');
  });
});
