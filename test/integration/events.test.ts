import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommitEvent, MemoryEvent } from '../../lib/client/index.ts';
import { type CliWorld, cliWorld } from '../cli/cli-world.ts';

type SessionEvent = CommitEvent | MemoryEvent;

let world: CliWorld;
beforeAll(async () => {
  world = await cliWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** Keeps the events of a session as its page gets them. */
async function listen(session: string, lastEventId?: string) {
  const stop = new AbortController();
  const seen: SessionEvent[] = [];
  const events = world.client.events(session, {
    signal: stop.signal,
    ...(lastEventId !== undefined && { lastEventId }),
  });
  const listening = (async () => {
    for await (const event of events) seen.push(event);
  })().catch((error: unknown) => {
    if (error !== stop.signal.reason) throw error;
  });
  return {
    seen,
    has: (type: SessionEvent['type']) => seen.some((event) => event.type === type),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await listening;
    },
  };
}

const typesOf = (events: readonly SessionEvent[]) => events.map(({ type }) => type);

/** The first of each type, in order: a memory may change more than once. */
const firstOf = (events: readonly SessionEvent[]) => [...new Set(typesOf(events))];

async function commit(session: string) {
  await world.say(session, 'I prefer tea to coffee.');
  const { commitId } = await world.client.requestCommit(session);
  await world.ended(session, commitId);
  return commitId;
}

describe('the events of the embedded stack', () => {
  it('tell a page and the command line what becomes of a commit, in order, and which memories came of it', async () => {
    await world.client.createSession('told');
    const tail = world.start(['events', 'tail', '--local', '--json', '--from-start', '--session', 'told']);
    let printed = '';
    tail.child.stdout?.on('data', (part) => {
      printed += String(part);
    });
    await using page = await listen('told', 'none-yet');
    const commitId = await commit('told');
    await expect.poll(() => page.has('commit.completed')).toBe(true);
    expect(firstOf(page.seen)).toEqual(['commit.archived', 'memory.changed', 'commit.completed']);
    expect(page.seen).toMatchObject(
      page.seen.map((event) =>
        event.type === 'memory.changed'
          ? { tenant: 'acme', after: { by: { kind: 'archive', session: 'told' } } }
          : { tenant: 'acme', session: 'told', commitId, archive: 1 },
      ),
    );
    const ordered = page.seen.map(({ sequence }) => sequence);
    expect(ordered).toEqual(ordered.toSorted());
    await expect.poll(() => printed).toMatch('commit.completed');
    expect(
      printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(page.seen);
    tail.child.kill('SIGINT');
    expect(await tail.ended).toMatchObject({ code: 130 });
  });

  it('go on behind the last one that a page has seen', async () => {
    await world.client.createSession('resumed');
    await using first = await listen('resumed', 'none-yet');
    await commit('resumed');
    await expect.poll(() => first.has('commit.completed')).toBe(true);
    await using second = await listen('resumed', first.seen[0]?.id);
    await expect.poll(() => second.has('commit.completed')).toBe(true);
    expect(second.seen).toEqual(first.seen.slice(1));
  });

  it('come when their function dies at them, those that come twice with the same id', async () => {
    await world.client.createSession('killed');
    await using page = await listen('killed', 'none-yet');
    const kills = (async () => {
      for (let killed = 0; killed < 2; ) {
        killed += await world.stack.killBusy('EventsFunction');
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const commitId = await commit('killed');
    const again = await commit('killed');
    await kills;
    const isTold = (id: string) =>
      page.seen.some((event) => event.type === 'commit.completed' && event.commitId === id);
    await expect.poll(() => isTold(commitId) && isTold(again)).toBe(true);
    const known = new Map(page.seen.map((event) => [event.id, event]));
    expect([...known.values()].filter((event) => event.type !== 'memory.changed')).toMatchObject([
      { type: 'commit.archived', commitId },
      { type: 'commit.completed', commitId },
      { type: 'commit.archived', commitId: again },
      { type: 'commit.completed', commitId: again },
    ]);
  });

  it('are of nobody who may not see the session', async () => {
    await world.client.createSession('mine');
    const stranger = await world.stack.mintToken({ tenant: 'other', sub: 'eve' });
    const answers = await Promise.all(
      ['mine', 'nobodys'].map((session) =>
        fetch(`${world.stack.apiUrl}/sessions/${session}/events`, {
          headers: { authorization: `Bearer ${stranger}` },
        }),
      ),
    );
    for (const answer of answers) {
      expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'session-not-found' }]);
    }
  });
});
