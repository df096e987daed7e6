import { describe, expect, test } from 'vitest';
import { type ApiRequest, handleRequest, type MessageView } from '../../lib/api/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { appendMessages, MessageNotFoundError, ReadContendedError } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore, SessionNotFoundError } from '../../lib/store/index.ts';
import { commitWorld, key, one, recordingSender } from '../support/commit-world.ts';
import { crashAt } from '../support/failing-port.ts';
import { withSmallPages } from '../support/small-pages.ts';

const forever = new AbortController().signal;
const HOUR_MS = 60 * 60 * 1000;
const appendedAt = '2026-01-01T00:00:00.000Z';

/** A session, and what its API says of messages. */
async function messageWorld() {
  const world = await commitWorld();
  const { clock, context, log } = world;
  const counter = crashAt(Number.POSITIVE_INFINITY, 'before');
  const api = {
    ...{ clock, lease: context.lease, limits: defaultLimits, newId: log.newId, owner: 'api' },
    ...{
      memories: inProcessMemoryStore(),
      commits: recordingSender<never>(),
      followUps: recordingSender<never>(),
    },
    onEvent: () => undefined,
  };
  let commits = 0;

  async function call(route: string, path: Record<string, string>, query: Record<string, string> = {}) {
    const request: ApiRequest = {
      identity: { tenant: key.tenant, subject: 'ann' },
      path: { sessionId: key.session, ...path },
      query,
      headers: {},
      body: undefined,
      signal: forever,
    };
    return await handleRequest({ ...api, store: counter.wrap(withSmallPages(world.store)) }, route, request);
  }

  return {
    ...world,
    call,
    /** Says the id, under that id. */
    say: (...ids: string[]) =>
      appendMessages(
        log,
        key,
        ids.map((id) => ({ role: 'user', content: id, id })),
      ),
    /** Says something without an id, and returns the id that is made for it. */
    make: async (content: string) => (await world.append(content)).messageIds[0] ?? '',
    commitAll: () => commitSession(context, world.message(`c-${++commits}`), forever),
    where: async (messageId: string, query = {}) =>
      (await call('GET /sessions/{sessionId}/messages/{messageId}', { messageId }, query))
        .body as MessageView,
    async requestsFor(messageId: string) {
      const before = counter.calls;
      await this.where(messageId);
      return counter.calls - before;
    },
  };
}

describe('a message', () => {
  test('that is live is found in three requests by its own id', async () => {
    const world = await messageWorld();
    for (const id of ['m1', 'm2', 'm3']) await world.say(id);
    const place = { messageId: 'm2', state: 'live', position: 2, appendedAt, summarised: false };
    expect(await world.where('m2')).toEqual(place);
    expect(await world.requestsFor('m2')).toBe(3);
  });

  test('that is archived says in which archive, and whether that has its summary', async () => {
    const world = await messageWorld();
    await world.say('m1');
    await world.commitAll();
    await world.say('m2');
    await world.commitAll();
    const place = { messageId: 'm1', state: 'archived', archive: 1, position: 1, appendedAt };
    expect(await world.where('m1')).toEqual({ ...place, summarised: false });
    const summary = { outcome: 'done', atMs: 0, by: 'test', text: 'so', covers: [[1, 1]] } as const;
    await world.store.recordStep(key, 1, 'summary', summary);
    expect(await world.where('m1')).toEqual({ ...place, summarised: true });
  });

  test('that is sealed, and not copied yet, is being archived', async () => {
    const world = await messageWorld();
    for (const id of ['m1', 'm2', 'm3']) await world.say(id);
    const made = await world.make('without an id of its own');
    const { fence } = await world.store.claim(key);
    await world.store.seal(key, fence, { archive: 1, from: 1, to: 4, commitId: 'c', sealedAtMs: 0 });
    const place = { state: 'archiving', archive: 1, appendedAt, summarised: false };
    expect(await world.where('m2')).toEqual({ messageId: 'm2', position: 2, ...place });
    expect(await world.where(made)).toEqual({ messageId: made, position: 4, ...place });
    await expect(world.where('m9')).rejects.toThrow(MessageNotFoundError);
  });

  test('is where a repeat would find it when its first position was closed', async () => {
    const world = await messageWorld();
    const crash = crashAt(3, 'before');
    const doomed = { ...world.log, store: crash.wrap(world.store) };
    const message = { role: 'user', content: 'm1', id: 'm1' } as const;
    await expect(appendMessages(doomed, key, [message])).rejects.toThrow('call 3: putRecord');
    await expect(world.where('m1')).rejects.toThrow(MessageNotFoundError);
    await world.store.voidPosition(key, 1, 0);
    await expect(world.where('m1')).rejects.toThrow(MessageNotFoundError);
    await world.say('m1');
    expect(await world.where('m1')).toMatchObject({ state: 'live', position: 2 });
  });

  test('whose id was made for it, or that was appended long ago, is found by a search', async () => {
    const world = await messageWorld();
    const archived = await world.make('archived');
    await world.say('m1');
    await world.commitAll();
    const live = await world.make('live');
    await world.clock.advance(13 * HOUR_MS);
    expect(await world.where(archived)).toMatchObject({ state: 'archived', archive: 1, position: 1 });
    expect(await world.where('m1')).toMatchObject({ state: 'archived', archive: 1, position: 2 });
    expect(await world.where(live)).toMatchObject({ state: 'live', position: 3 });
  });

  test('is found in any of many archives, by its id or by a search that goes on where it ended', async () => {
    const world = await messageWorld();
    const archives = 45;
    const made: string[] = [];
    for (let archive = 1; archive <= archives; archive += 1) {
      await world.say(`m${archive}`);
      made.push(await world.make(`made ${archive}`));
      // The last position of each archive is closed.
      await world.store.takePosition(key, one, 0);
      await world.commitAll();
    }
    for (const [index, id] of made.entries()) {
      const archive = index + 1;
      const position = 3 * archive - 2;
      expect(await world.where(`m${archive}`)).toMatchObject({ state: 'archived', archive, position });
      let found = await world.where(id);
      let searches = 1;
      while (found.state === 'not-found-yet') {
        found = await world.where(id, { before: String(found.nextBefore) });
        searches += 1;
      }
      expect(found).toMatchObject({ state: 'archived', archive, position: position + 1 });
      expect(searches).toBe(Math.ceil((archives - archive + 1) / 20));
    }
    expect(await world.where('m0')).toEqual({ messageId: 'm0', state: 'not-found-yet', nextBefore: 76 });
    await expect(world.where('m45', { before: '16' })).rejects.toThrow(MessageNotFoundError);
  });

  test('that nobody appended is not found, in a session that holds something and in an empty one', async () => {
    const world = await messageWorld();
    await expect(world.where('m1')).rejects.toMatchObject({ code: 'message-not-found' });
    await world.say('m1');
    await world.commitAll();
    await world.say('m2');
    await expect(world.where('m3')).rejects.toThrow("holds no message 'm3'");
  });

  test('of a deleted session is gone', async () => {
    const world = await messageWorld();
    await world.say('m1');
    await world.call('DELETE /sessions/{sessionId}', {});
    await expect(world.where('m1')).rejects.toMatchObject({ code: 'session-deleted' });
    const nowhere = world.call('GET /sessions/{sessionId}/messages/{messageId}', {
      sessionId: 'nowhere',
      messageId: 'm1',
    });
    await expect(nowhere).rejects.toThrow(SessionNotFoundError);
  });
});

describe('a search that a commit overtakes', () => {
  /** So many times, a commit takes what is live after META was read, and before any message is. */
  async function overtaken(times: number) {
    const world = await messageWorld();
    const { readMeta } = world.store;
    let left = times;
    world.store.readMeta = async (of) => {
      if (left-- <= 0) return await readMeta(of);
      await world.say(`m${left}`);
      const meta = await readMeta(of);
      await world.commitAll();
      return meta;
    };
    return world;
  }

  test('begins again', async () => {
    const world = await overtaken(1);
    expect(await world.where('m0')).toMatchObject({ state: 'archived', archive: 1, position: 1 });
  });

  test('gives up when that happens each time', async () => {
    const world = await overtaken(5);
    await expect(world.where('unknown')).rejects.toThrow(ReadContendedError);
  });
});

describe('a request for a message', () => {
  test.each([
    [{ before: '0' }, 'before'],
    [{ after: '1' }, 'after'],
  ])('with the query %j is refused', async (query, field) => {
    const world = await messageWorld();
    const refused = world.where('m1', query);
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(refused).rejects.toThrow(field);
  });
});
