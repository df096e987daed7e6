import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../lib/archive/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import {
  autoCommitPolicySchema,
  type CommitChange,
  type CommitTransitionName,
  commitStates,
  commitTransitions,
  entryOf,
  type LogRecord,
  lastAttempt,
  mayTake,
  type SessionKey,
} from '../../lib/session/index.ts';
import {
  type ArchivesThrough,
  CHECK_SHARDS,
  dynamodbSessionStore,
  FenceRejectedError,
  inProcessSessionStore,
  SessionNotFoundError,
  type SessionStore,
} from '../../lib/store/index.ts';
import type { TestTable } from '../support/table-at.ts';
import { testTable } from '../support/test-table.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');
const settings = { scope: 'ann', memoryCategories: ['profile', 'event'], createdAtMs: NOW_MS } as const;

let table: TestTable;
let sessionCount = 0;
const newKey = (): SessionKey => ({ tenant: 'acme', session: `chat-${++sessionCount}` });

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table[Symbol.asyncDispose]());

function record(position: number, appendId = `append-${position}`): LogRecord {
  const messages = [
    { id: `m-${position}`, role: 'user', content: 'Grüße 👋 ""', at: '2026-01-01T00:00:00Z' },
  ] as const;
  return { kind: 'record', position, appendId, messages, bytes: 80, appendedAtMs: NOW_MS };
}

function manifest(archive: number): Manifest {
  return {
    archive,
    from: 1,
    to: 3,
    recordCount: 2,
    messageCount: 2,
    bytes: 160,
    chunks: [{ from: 1, to: 3, storedBytes: 90, sha256: 'ab' }],
    commitId: 'c-1',
    sealedAtMs: NOW_MS,
    followUp: { state: 'pending' },
  };
}

const started: CommitChange = { transition: 'start', entry: { atMs: NOW_MS } };
const transitionNames = Object.keys(commitTransitions) as CommitTransitionName[];
const one = { messages: 1, tokens: 9 };
const appended = { messages: 5, tokens: 45 };
const created = { keepRecent: 0, requestedAtMs: NOW_MS, expiresAtMs: NOW_MS + 1000 };

const adapters: Record<string, () => SessionStore> = {
  'in this process': () => inProcessSessionStore(),
  'on DynamoDB': () => dynamodbSessionStore(table),
};

describe.each(Object.entries(adapters))('a session store %s', (_name, makeStore) => {
  async function newSession() {
    const store = makeStore();
    const key = newKey();
    await store.createSession(key, settings);
    return { store, key };
  }

  test('creates a session once and keeps its first settings', async () => {
    const { store, key } = await newSession();
    expect(await store.createSession(key, { ...settings, scope: 'bob' })).toBe(false);
    expect(await store.readMeta(key)).toEqual({
      ...settings,
      activeAtMs: NOW_MS,
      nextSeq: 1,
      appendedMessages: 0,
      appendedTokens: 0,
      committedThrough: 0,
      archiveCount: 0,
      fence: 0,
    });
  });

  test('changes only the settings that it is given', async () => {
    const { store, key } = await newSession();
    const changed = await store.updateSettings(key, {
      scope: { from: 'ann', to: 'carla', formerScopes: ['ann'] },
    });
    expect(changed).toMatchObject({
      scope: 'carla',
      formerScopes: ['ann'],
      memoryCategories: ['profile', 'event'],
      nextSeq: 1,
    });
  });

  test('moves from the scope that was seen only', async () => {
    const { store, key } = await newSession();
    const settings = { title: 'Tea', scope: { from: 'bob', to: 'carla', formerScopes: ['bob'] } };
    expect(await store.updateSettings(key, settings)).toBeUndefined();
    expect(await store.updateSettings(newKey(), settings)).toBeUndefined();
    expect(await store.readMeta(key)).toMatchObject({ scope: 'ann' });
    expect(await store.readMeta(key)).not.toHaveProperty('title');
  });

  test('takes a restriction to categories away, and tells one to the built-in categories from none', async () => {
    const { store, key } = await newSession();
    const lifted = await store.updateSettings(key, { memoryCategories: null });
    expect(lifted).not.toHaveProperty('memoryCategories');
    expect(await store.readMeta(key)).toEqual(lifted);
    const restricted = await store.updateSettings(key, { memoryCategories: builtInCategories });
    expect(restricted?.memoryCategories?.toSorted()).toEqual(builtInCategories.toSorted());
    expect(await store.readMeta(key)).toEqual(restricted);
    const own = await store.updateSettings(key, { memoryCategories: ['health'] });
    expect(own).toMatchObject({ memoryCategories: ['health'] });

    const unrestricted = newKey();
    await store.createSession(unrestricted, { scope: 'ann', createdAtMs: NOW_MS });
    expect(await store.readMeta(unrestricted)).not.toHaveProperty('memoryCategories');
  });

  test('knows nothing of a session that was never created, and writes nothing to it', async () => {
    const store = makeStore();
    const key = newKey();
    expect(await store.readMeta(key)).toBeUndefined();
    await expect(store.takePosition(key, one, NOW_MS)).rejects.toThrow(SessionNotFoundError);
    await expect(store.claim(key)).rejects.toThrow(SessionNotFoundError);
    await expect(store.updateSettings(key, { memoryCategories: [] })).rejects.toThrow(SessionNotFoundError);
    expect(await store.readMeta(key)).toBeUndefined();
  });

  test('hands out each position once', async () => {
    const { store, key } = await newSession();
    const positions = await Promise.all(
      Array.from({ length: 20 }, () => store.takePosition(key, one, NOW_MS)),
    );
    expect(positions.map(({ position }) => position).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect((await store.readMeta(key))?.nextSeq).toBe(21);
  });

  test('writes a record only where nothing is, and gives it back as it was', async () => {
    const { store, key } = await newSession();
    expect(await store.putRecord(key, record(1))).toBe(true);
    expect(await store.putRecord(key, record(1, 'another'))).toBe(false);
    expect(await store.readEntry(key, 1)).toEqual(record(1));
    expect(await store.readEntry(key, 2)).toBeUndefined();
  });

  test('never overwrites a void, and voids only what is absent', async () => {
    const { store, key } = await newSession();
    await store.putRecord(key, record(1));
    expect(await store.voidPosition(key, 1, NOW_MS)).toBe(false);
    expect(await store.voidPosition(key, 2, NOW_MS)).toBe(true);
    expect(await store.putRecord(key, record(2))).toBe(false);
    expect(await store.readEntry(key, 2)).toEqual({ kind: 'void', position: 2 });
  });

  test('turns records into tombstones that remember the append', async () => {
    const { store, key } = await newSession();
    for (const position of [1, 2, 3]) await store.putRecord(key, record(position));
    const tombstones = [1, 3].map((position) => ({
      kind: 'tombstone' as const,
      position,
      appendId: `append-${position}`,
    }));
    expect(await store.putTombstones(key, tombstones, NOW_MS)).toEqual([]);
    const { entries } = await store.readRange(key, { from: 1, to: 3 });
    expect(entries).toEqual([tombstones[0], record(2), tombstones[1]]);
  });

  test('reads ranges in either order, up to a limit, and says whether there is more', async () => {
    const { store, key } = await newSession();
    for (const position of [1, 2, 4, 5]) await store.putRecord(key, record(position));
    const positions = async (range: Parameters<SessionStore['readRange']>[1]) => {
      const { entries, complete } = await store.readRange(key, range);
      return { positions: entries.map(({ position }) => position), complete };
    };
    expect(await positions({ from: 2, to: 4 })).toEqual({ positions: [2, 4], complete: true });
    expect(await positions({ from: 1, to: 9, limit: 3 })).toEqual({ positions: [1, 2, 4], complete: false });
    expect(await positions({ from: 1, to: 5, limit: 2, newestFirst: true })).toEqual({
      positions: [5, 4],
      complete: false,
    });
    expect(await positions({ from: 6, to: 9 })).toEqual({ positions: [], complete: true });
  });

  test('remembers an append key until it expires', async () => {
    const { store, key } = await newSession();
    const mine = { key: 'k', position: 1, sha256: 'aa', messageIds: ['m'], expiresAtMs: NOW_MS + 10 };
    expect(await store.putAppendKey(key, mine, NOW_MS)).toBe(true);
    expect(await store.putAppendKey(key, { ...mine, position: 2 }, NOW_MS + 9)).toBe(false);
    expect(await store.readAppendKey(key, 'k')).toEqual(mine);
    expect(await store.putAppendKey(key, { ...mine, position: 3 }, NOW_MS + 10)).toBe(true);
    expect(await store.readAppendKey(key, 'other')).toBeUndefined();
  });

  test('moves an append key once from one position to another', async () => {
    const { store, key } = await newSession();
    const mine = { key: 'k', position: 1, sha256: 'aa', messageIds: ['m'], expiresAtMs: NOW_MS + 10 };
    await store.putAppendKey(key, mine, NOW_MS);
    const moved = { ...mine, position: 5, sha256: 'bb', appendId: 'a-1', expiresAtMs: NOW_MS + 20 };
    expect(await store.moveAppendKey(key, { ...moved, key: 'other' }, 1)).toBe(false);
    expect(await store.moveAppendKey(key, moved, 1)).toBe(true);
    expect(await store.moveAppendKey(key, { ...moved, position: 6 }, 1)).toBe(false);
    expect(await store.moveAppendKey(key, moved, 1)).toBe(true);
    expect(await store.readAppendKey(key, 'k')).toEqual(moved);
    expect(await store.readAppendKey(key, 'other')).toBeUndefined();
  });

  const seal = { archive: 1, from: 1, to: 3, commitId: 'c-1', sealedAtMs: NOW_MS };

  test('seals and unseals under the fence, as often as the same worker asks', async () => {
    const { store, key } = await newSession();
    const { fence } = await store.claim(key);
    await store.seal(key, fence, seal);
    await store.seal(key, fence, seal);
    expect(await store.readMeta(key)).toMatchObject({ sealed: seal, committedThrough: 3, archiveCount: 1 });
    await store.unseal(key, fence);
    await store.unseal(key, fence);
    expect((await store.readMeta(key))?.sealed).toBeUndefined();
    expect(await store.readMeta(key)).toMatchObject({ committedThrough: 3, archiveCount: 1 });
  });

  test('refuses every fenced write of a superseded worker', async () => {
    const { store, key } = await newSession();
    const stale = (await store.claim(key)).fence;
    const current = await store.claim(key);
    expect(current.fence).toBe(stale + 1);
    await expect(store.seal(key, stale, seal)).rejects.toThrow(FenceRejectedError);
    await store.seal(key, current.fence, seal);
    await expect(store.unseal(key, stale)).rejects.toThrow(FenceRejectedError);
    expect((await store.readMeta(key))?.sealed).toEqual(seal);
  });

  test('does not seal over an unfinished seal', async () => {
    const { store, key } = await newSession();
    const { fence } = await store.claim(key);
    await store.seal(key, fence, seal);
    const second = { ...seal, archive: 2, from: 4, to: 5 };
    await expect(store.seal(key, fence, second)).rejects.toThrow(FenceRejectedError);
    expect((await store.readMeta(key))?.sealed).toEqual(seal);
  });

  test('writes chunks and manifests once', async () => {
    const { store, key } = await newSession();
    expect(await store.putChunk(key, 1, 0, new Uint8Array([1, 2, 3]))).toBe(true);
    expect(await store.putChunk(key, 1, 0, new Uint8Array([9]))).toBe(false);
    expect(await store.readChunk(key, 1, 0)).toEqual(new Uint8Array([1, 2, 3]));
    expect(await store.readChunk(key, 1, 1)).toBeUndefined();
    expect(await store.putManifest(key, manifest(1))).toBe(true);
    expect(await store.putManifest(key, { ...manifest(1), to: 9 })).toBe(false);
    expect(await store.readManifest(key, 1)).toEqual(manifest(1));
    expect(await store.readManifest(key, 2)).toBeUndefined();
  });

  test('reads the manifests that exist, in order', async () => {
    const { store, key } = await newSession();
    for (const archive of [3, 1, 2]) await store.putManifest(key, manifest(archive));
    const { manifests, left } = await store.readManifests(key, [2, 3, 4], []);
    expect(manifests.map(({ archive }) => archive)).toEqual([2, 3]);
    expect(left).toEqual([]);
    expect(await store.readManifests(key, [], [])).toEqual({ manifests: [], left: [] });
  });

  test('reads of many manifests what is asked for', async () => {
    const { store, key } = await newSession();
    await store.putManifest(key, manifest(1));
    const summary = { outcome: 'skipped', atMs: NOW_MS, reason: 'late' } as const;
    await store.recordStep(key, 1, 'summary', summary);
    await store.recordStep(key, 1, 'merge', summary);
    const { chunks, followUp, ...head } = manifest(1);
    const read = async (...parts: ('chunks' | 'summary')[]) =>
      (await store.readManifests(key, [1], parts)).manifests;
    expect(await read()).toEqual([{ ...head, followUp }]);
    expect(await read('chunks')).toEqual([{ ...head, chunks, followUp }]);
    expect(await read('chunks', 'summary')).toEqual([
      { ...head, chunks, followUp: { ...followUp, summary } },
    ]);
  });

  describe('pages of archives', () => {
    const chunk = (archive: number, index: number, stored = new Uint8Array([archive, index])) =>
      ({ kind: 'chunk', archive, index, stored }) as const;
    const manifestOf = (archive: number) => ({ kind: 'manifest', archive, manifest: manifest(archive) });

    test('give chunks and manifests, the newest first, without summaries', async () => {
      const { store, key } = await newSession();
      for (const archive of [1, 2, 3, 10]) {
        await store.putManifest(key, manifest(archive));
        for (const index of [0, 1])
          await store.putChunk(key, archive, index, new Uint8Array([archive, index]));
      }
      await store.recordStep(key, 2, 'summary', { outcome: 'skipped', atMs: NOW_MS, reason: 'late' });
      const all = [2, 1].flatMap((archive) => [chunk(archive, 1), chunk(archive, 0), manifestOf(archive)]);
      expect(await store.readArchives(key, { archive: 2 })).toEqual({ items: all });
      expect(await store.readArchives(key, { archive: 2, chunks: 1 })).toEqual({ items: all.slice(1) });
      expect(await store.readArchives(key, { archive: 2, chunks: 0 })).toEqual({ items: all.slice(2) });
      const { items } = await store.readArchives(key, { archive: 999_999 });
      expect(items.map(({ archive }) => archive)).toEqual([10, 10, 10, 3, 3, 3, 2, 2, 2, 1, 1, 1]);
      expect(await store.readArchives({ ...key, tenant: 'rival' }, { archive: 9 })).toEqual({ items: [] });
    });

    test('have nothing of what else the session holds, and nothing of another session', async () => {
      const { store, key } = await newSession();
      const longer = { ...key, session: `${key.session}0` };
      await store.createSession(longer, settings);
      await store.putManifest(longer, manifest(1));
      await store.putChunk(longer, 1, 0, new Uint8Array([1]));
      await store.putRecord(key, record(1));
      const appendKey = { key: 'key:k', sha256: 'ab', position: 1, messageIds: ['m'], expiresAtMs: NOW_MS };
      await store.putAppendKey(key, appendKey, NOW_MS);
      expect(await store.readArchives(key, { archive: 999_999 })).toEqual({ items: [] });
    });

    test('end after 1 MB, and say where the next one begins', async () => {
      const { store, key } = await newSession();
      for (const archive of [1, 2]) {
        await store.putManifest(key, manifest(archive));
        for (const index of [0, 1, 2]) await store.putChunk(key, archive, index, new Uint8Array(300_000));
      }
      const found: (readonly [archive: number, index: number | undefined])[] = [];
      let pages = 0;
      for (let rest: ArchivesThrough | undefined = { archive: 2 }; rest; pages += 1) {
        const page: Awaited<ReturnType<SessionStore['readArchives']>> = await store.readArchives(key, rest);
        expect(page.items.length).toBeLessThanOrEqual(6);
        for (const item of page.items) {
          found.push([item.archive, item.kind === 'chunk' ? item.index : undefined]);
        }
        rest = page.rest;
      }
      expect(pages).toBeGreaterThan(1);
      expect(found).toEqual(
        [2, 1].flatMap((archive) => [2, 1, 0, undefined].map((index) => [archive, index])),
      );
    });
  });

  test('records each step of the follow-up once, on a manifest that exists', async () => {
    const { store, key } = await newSession();
    await store.putManifest(key, manifest(1));
    const summary = {
      outcome: 'done',
      atMs: NOW_MS,
      by: 'offline',
      text: 'first',
      covers: [[1, 1]],
      redacted: 2,
    } as const;
    expect(await store.recordStep(key, 1, 'summary', summary)).toBe(true);
    expect(await store.recordStep(key, 1, 'summary', { ...summary, text: 'second' })).toBe(false);
    expect(await store.recordStep(key, 2, 'summary', summary)).toBe(false);
    expect((await store.readManifest(key, 1))?.followUp).toEqual({ state: 'pending', summary });
    expect(await store.readManifest(key, 2)).toBeUndefined();
  });

  test('keep what was extracted once more until it has taken the place of what was merged', async () => {
    const { store, key } = await newSession();
    const counts = { created: 1, updated: 0, unchanged: 0 };
    const merge = { outcome: 'done', atMs: 5, by: 'commitlane', ...counts } as const;
    const memory = {
      category: 'profile',
      key: 'name',
      text: 'Ann',
      confidence: 1,
      messageId: 'm',
      seenAtMs: 1,
    };
    const extraction = {
      outcome: 'done',
      atMs: 4,
      by: 'test:model',
      memories: [memory],
      againId: 'x',
    } as const;
    const again = { id: 'x', extraction };
    await store.putManifest(key, manifest(1));
    const followUp = async () => (await store.readManifest(key, 1))?.followUp;
    expect(await store.recordAgain(key, 1, again)).toBe(false);
    await store.recordStep(key, 1, 'merge', merge);
    const failure = { atMs: 6, reason: 'busy' };
    expect(await store.failAgain(key, 1, 'x', failure)).toBe(false);
    expect(await store.recordAgain(key, 1, again)).toBe(true);
    expect(await store.recordAgain(key, 1, again)).toBe(false);
    expect(await store.failAgain(key, 1, 'other', failure)).toBe(false);
    expect(await store.failAgain(key, 1, 'x', failure)).toBe(true);
    expect((await followUp())?.again).toEqual({ ...again, failure });
    expect(await store.recordReplaced(key, 1, { ...again, id: 'other' }, merge)).toBe(false);
    expect(await store.recordReplaced(key, 1, again, merge)).toBe(true);
    expect(await followUp()).toEqual({
      state: 'pending',
      extraction: { ...extraction, memories: [] },
      merge,
    });
    expect(await store.recordReplaced(key, 1, again, merge)).toBe(false);
    expect(await store.recordAgain(key, 1, again)).toBe(false);
    expect(await store.failAgain(key, 1, 'x', failure)).toBe(false);
  });

  test('never takes back that a follow-up is completed', async () => {
    const { store, key } = await newSession();
    await store.putManifest(key, manifest(1));
    await store.setFollowUpState(key, 1, 'dead-lettered');
    expect((await store.readManifest(key, 1))?.followUp.state).toBe('dead-lettered');
    await store.setFollowUpState(key, 1, 'completed');
    await store.setFollowUpState(key, 1, 'dead-lettered');
    expect((await store.readManifest(key, 1))?.followUp.state).toBe('completed');
  });

  const queued = {
    commitId: 'c-1',
    state: 'queued',
    through: 7,
    keepRecent: 2,
    reason: 'end of day',
    requestedAtMs: NOW_MS,
    timeline: [{ atMs: NOW_MS, event: 'queued' }],
  } as const;

  test('keeps the status of a commit from its first request on', async () => {
    const { store, key } = await newSession();
    expect(await store.putCommit(key, queued, NOW_MS)).toBe(true);
    expect(await store.putCommit(key, { ...queued, keepRecent: 9 }, NOW_MS)).toBe(false);
    expect(await store.readCommit(key, 'c-1')).toEqual(queued);
    expect(await store.readCommit(key, 'c-2')).toBeUndefined();
  });

  test.each(transitionNames)('changes a commit by `%s` only where it may take it', async (transition) => {
    const { store, key } = await newSession();
    const { to } = commitTransitions[transition];
    const entry = { atMs: NOW_MS + 1, detail: 'why' };
    const statuses = commitStates.flatMap((state) =>
      [{}, { archive: 4 }].map((more) => ({
        ...queued,
        commitId: `${state}-${more.archive}`,
        state,
        ...more,
      })),
    );
    await Promise.all(
      statuses.map(async (status) => {
        await store.putCommit(key, status, NOW_MS);
        const applies = mayTake(transition, status);
        expect(await store.changeCommit(key, status.commitId, { transition, entry }, created)).toBe(applies);
        const timeline = [...status.timeline, entryOf({ transition, entry })];
        expect(await store.readCommit(key, status.commitId)).toEqual(
          applies ? { ...status, state: to, timeline } : status,
        );
      }),
    );
  });

  test('creates the status of a commit that came past the API', async () => {
    const { store, key } = await newSession();
    expect(await store.changeCommit(key, 'c-9', started, created)).toBe(true);
    expect(await store.readCommit(key, 'c-9')).toEqual({
      commitId: 'c-9',
      state: 'committing',
      keepRecent: 0,
      requestedAtMs: NOW_MS,
      timeline: [entryOf(started)],
    });
  });

  test('does not create the status of a commit that must exist', async () => {
    const { store, key } = await newSession();
    const completed: CommitChange = {
      transition: 'complete',
      archive: 1,
      entry: { atMs: NOW_MS },
    };
    expect(await store.changeCommit(key, 'c-9', completed)).toBe(false);
    expect(await store.readCommit(key, 'c-9')).toBeUndefined();
    expect(await store.changeCommit(key, 'c-9', started, created)).toBe(true);
    expect(await store.changeCommit(key, 'c-9', completed)).toBe(true);
    expect(await store.readCommit(key, 'c-9')).toMatchObject({ state: 'completed', archive: 1 });
  });

  test('marks a commit as retrying only if its timeline is still the one that was seen', async () => {
    const { store, key } = await newSession();
    await store.putCommit(key, queued, NOW_MS);
    await store.noteLastAttempt(key, 'c-1', lastAttempt('commit', NOW_MS + 600_000));
    const dead = { atMs: NOW_MS + 1, event: 'dead-lettered', detail: 'why' };
    await store.changeCommit(key, 'c-1', {
      transition: 'give-up',
      entry: { atMs: NOW_MS + 1, detail: 'why' },
    });
    const seen = await store.readCommit(key, 'c-1');
    if (!seen) throw new Error('there is no commit');
    const timeline = [...seen.timeline, { atMs: NOW_MS + 2, event: 'retrying', detail: 'replayed by ann' }];
    const unseen = [
      { ...seen, state: 'committing' as const },
      { ...seen, timeline: seen.timeline.slice(1) },
      { ...seen, timeline: [...seen.timeline, dead] },
      { ...seen, timeline: [...seen.timeline.slice(0, -1), { ...dead, atMs: NOW_MS + 9 }] },
      { ...seen, timeline: [] },
    ];
    for (const other of unseen)
      expect(await store.retryCommit(key, 'c-1', { transition: 'retry', seen: other, timeline })).toBe(false);
    expect(await store.readCommit(key, 'c-1')).toEqual(seen);

    expect(await store.retryCommit(key, 'c-1', { transition: 'retry', seen, timeline })).toBe(true);
    expect(await store.retryCommit(key, 'c-1', { transition: 'retry', seen, timeline })).toBe(false);
    const { lastAttemptUntilMs: _until, lastAttemptOf: _of, checkAtMs: _check, ...rest } = seen;
    expect(await store.readCommit(key, 'c-1')).toEqual({ ...rest, state: 'retrying', timeline });
    expect(await store.retryCommit(key, 'c-9', { transition: 'retry', seen, timeline })).toBe(false);
    expect(await store.readCommit(key, 'c-9')).toBeUndefined();
  });

  test('notes whose last delivery it is, and not that of a commit whose archive is there', async () => {
    const { store, key } = await newSession();
    await store.putCommit(key, queued, NOW_MS);
    await store.noteLastAttempt(key, 'c-1', lastAttempt('commit', NOW_MS + 1));
    expect(await store.readCommit(key, 'c-1')).toEqual({
      ...queued,
      lastAttemptUntilMs: NOW_MS + 1,
      lastAttemptOf: 'commit',
      checkAtMs: NOW_MS + 60_001,
    });
    await store.changeCommit(key, 'c-1', { transition: 'archive', archive: 1, entry: { atMs: NOW_MS } });
    const followUp = {
      lastAttemptUntilMs: NOW_MS + 2,
      lastAttemptOf: 'follow-up',
      checkAtMs: NOW_MS + 60_002,
    };
    await store.noteLastAttempt(key, 'c-1', lastAttempt('follow-up', NOW_MS + 2));
    await store.noteLastAttempt(key, 'c-1', lastAttempt('commit', NOW_MS + 3));
    expect(await store.readCommit(key, 'c-1')).toMatchObject(followUp);
  });

  describe('of a commit at its last delivery', () => {
    const attempt = lastAttempt('commit', NOW_MS + 1);
    const { checkAtMs } = attempt;

    async function atLastDelivery() {
      const { store, key } = await newSession();
      await store.putCommit(key, queued, NOW_MS);
      await store.noteLastAttempt(key, 'c-1', attempt);
      const seen = await store.readCommit(key, 'c-1');
      if (!seen) throw new Error('there is no commit');
      const entry = { atMs: NOW_MS + 1, detail: 'killed' };
      return { store, key, seen, death: { transition: 'give-up', seen, checkAtMs, entry } as const };
    }

    async function dueBy(store: SessionStore, { tenant, session }: SessionKey, untilMs: number) {
      const shards = Array.from({ length: CHECK_SHARDS }, (_, shard) => store.listDueChecks(shard, untilMs));
      return (await Promise.all(shards))
        .flatMap(({ commits }) => commits)
        .filter(({ key }) => key.tenant === tenant && key.session === session);
    }

    test('lists its check from then on when it is due, until it is moved or ended by who has seen it', async () => {
      const { store, key } = await atLastDelivery();
      expect(await dueBy(store, key, checkAtMs - 1)).toEqual([]);
      expect(await dueBy(store, key, checkAtMs)).toEqual([{ key, commitId: 'c-1', checkAtMs }]);
      await store.moveCommitCheck(key, 'c-1', { seenAtMs: checkAtMs - 1 });
      expect(await dueBy(store, key, checkAtMs)).toHaveLength(1);
      const later = checkAtMs + 5;
      await store.moveCommitCheck(key, 'c-1', { seenAtMs: checkAtMs, nextAtMs: later });
      expect(await dueBy(store, key, later - 1)).toEqual([]);
      expect(await dueBy(store, key, later)).toEqual([{ key, commitId: 'c-1', checkAtMs: later }]);
      await store.moveCommitCheck(key, 'c-1', { seenAtMs: later });
      expect(await dueBy(store, key, later)).toEqual([]);
      expect(await store.readCommit(key, 'c-1')).not.toHaveProperty('checkAtMs');
    });

    test('records the death that was seen once, and ends the check with it', async () => {
      const { store, key, seen, death } = await atLastDelivery();
      expect(await store.recordDeath(key, 'c-1', death)).toBe(true);
      expect(await store.recordDeath(key, 'c-1', death)).toBe(false);
      const { checkAtMs: _ended, ...rest } = seen;
      expect(await store.readCommit(key, 'c-1')).toEqual({
        ...rest,
        state: 'dead-lettered',
        timeline: [...seen.timeline, { ...death.entry, event: 'dead-lettered' }],
      });
      expect(await dueBy(store, key, checkAtMs)).toEqual([]);
    });

    test('records nothing where a worker or a replay has moved it, or another delivery is the last', async () => {
      const moved = await atLastDelivery();
      await moved.store.changeCommit(moved.key, 'c-1', started);
      const replayed = await atLastDelivery();
      const timeline = [...replayed.seen.timeline, { atMs: NOW_MS + 2, event: 'retrying' }];
      await replayed.store.retryCommit(replayed.key, 'c-1', {
        transition: 'retry',
        seen: replayed.seen,
        timeline,
      });
      const again = await atLastDelivery();
      await again.store.noteLastAttempt(again.key, 'c-1', lastAttempt('commit', NOW_MS + 9));
      for (const { store, key, death } of [moved, replayed, again]) {
        const before = await store.readCommit(key, 'c-1');
        expect(await store.recordDeath(key, 'c-1', death)).toBe(false);
        expect(await store.readCommit(key, 'c-1')).toEqual(before);
      }
      expect(await dueBy(replayed.store, replayed.key, checkAtMs)).toEqual([]);
    });

    test('writes nothing of one that is gone', async () => {
      const { store, key, death } = await atLastDelivery();
      const { fence } = await store.claim(key);
      await store.markDeleted(key, fence, { deletedAtMs: NOW_MS, liveFrom: 1 });
      await store.removeItems(key, ['COMMIT#c-1'], NOW_MS);
      expect(await store.recordDeath(key, 'c-1', death)).toBe(false);
      await store.moveCommitCheck(key, 'c-1', { seenAtMs: checkAtMs });
      await store.moveCommitCheck(key, 'c-1', { seenAtMs: checkAtMs, nextAtMs: checkAtMs + 1 });
      await store.noteLastAttempt(key, 'c-1', attempt);
      expect(await store.listItems(key, { limit: 25 })).toEqual([]);
      expect(await dueBy(store, key, checkAtMs + 1)).toEqual([]);
    });
  });

  test('adds to the timeline of a commit that it knows', async () => {
    const { store, key } = await newSession();
    await store.putCommit(key, queued, NOW_MS);
    const entry = { atMs: NOW_MS + 1, event: 'summary', detail: 'left out' };
    await store.addToTimeline(key, 'c-1', entry);
    await store.addToTimeline(key, 'c-2', entry);
    expect((await store.readCommit(key, 'c-1'))?.timeline).toEqual([...queued.timeline, entry]);
    expect(await store.readCommit(key, 'c-2')).toBeUndefined();
  });

  test('remembers the request that reaches furthest', async () => {
    const { store, key } = await newSession();
    const request = { commitId: 'c-2', through: 5, keepRecent: 0, requestedAtMs: NOW_MS, appended };
    await store.rememberRequest(key, request);
    await store.rememberRequest(key, { ...request, commitId: 'c-1', through: 4 });
    expect((await store.readMeta(key))?.requested).toEqual(request);
    const further = { ...request, commitId: 'c-3', through: 6 };
    await store.rememberRequest(key, further);
    expect((await store.readMeta(key))?.requested).toEqual(further);
  });

  describe('with a policy', () => {
    const policy = autoCommitPolicySchema.parse({ messageCount: 10 });
    const T = NOW_MS + 60_000;

    async function newPolicySession() {
      const store = makeStore();
      const key = newKey();
      await store.createSession(key, { ...settings, autoCommit: policy });
      return { store, key };
    }

    async function dueAt(store: SessionStore, untilMs: number): Promise<string[]> {
      const shards = Array.from({ length: CHECK_SHARDS }, (_, shard) => store.listDueChecks(shard, untilMs));
      return (await Promise.all(shards)).flatMap(({ sessions }) => sessions.map(({ key }) => key.session));
    }

    test('says with each position what the session is then', async () => {
      const { store, key } = await newPolicySession();
      expect(await store.takePosition(key, one, NOW_MS)).toMatchObject({
        position: 1,
        meta: { autoCommit: policy, nextSeq: 2, appendedMessages: 1, appendedTokens: 9 },
      });
      await store.scheduleCheck(key, T);
      const request = { commitId: 'c-1', through: 1, keepRecent: 0, requestedAtMs: NOW_MS, appended: one };
      await store.rememberRequest(key, request);
      const { meta } = await store.takePosition(key, { messages: 3, tokens: 20 }, NOW_MS);
      expect(meta).toEqual(await store.readMeta(key));
      expect(meta).toMatchObject({
        appendedMessages: 4,
        appendedTokens: 29,
        requested: request,
        checkAtMs: T,
      });
    });

    test('is listed from the moment on that it is to be looked at, and only then', async () => {
      const { store, key } = await newPolicySession();
      expect(await dueAt(store, T)).not.toContain(key.session);
      await store.scheduleCheck(key, T);
      expect(await dueAt(store, T - 1)).not.toContain(key.session);
      expect(await dueAt(store, T)).toContain(key.session);
    });

    test('is looked at sooner when somebody wants so, but not later', async () => {
      const { store, key } = await newPolicySession();
      await store.scheduleCheck(key, T);
      await store.scheduleCheck(key, T + 1);
      expect((await store.readMeta(key))?.checkAtMs).toBe(T);
      await store.moveCheck(key, { seenAtMs: T, nextAtMs: T + 5, checkedNextSeq: 1 });
      await store.scheduleCheck(key, T - 1);
      const meta = await store.readMeta(key);
      expect(meta?.checkAtMs).toBe(T - 1);
      expect(meta).not.toHaveProperty('checkedNextSeq');
    });

    test('keeps what a look found until another one finds nothing to keep', async () => {
      const { store, key } = await newPolicySession();
      await store.scheduleCheck(key, T);
      await store.moveCheck(key, { seenAtMs: T, nextAtMs: T + 5, checkedNextSeq: 1 });
      expect(await store.readMeta(key)).toMatchObject({ checkAtMs: T + 5, checkedNextSeq: 1 });
      await store.moveCheck(key, { seenAtMs: T + 5, nextAtMs: T + 9 });
      const meta = await store.readMeta(key);
      expect(meta?.checkAtMs).toBe(T + 9);
      expect(meta).not.toHaveProperty('checkedNextSeq');
    });

    test('changes nothing for a look that somebody else has ended', async () => {
      const { store, key } = await newPolicySession();
      await store.scheduleCheck(key, T);
      await store.moveCheck(key, { seenAtMs: T - 1, nextAtMs: T + 5 });
      await store.removeCheck(key, { seenAtMs: T - 1, nextSeq: 1 });
      expect((await store.readMeta(key))?.checkAtMs).toBe(T);
    });

    test('is left alone only when no position was handed out meanwhile', async () => {
      const { store, key } = await newPolicySession();
      await store.scheduleCheck(key, T);
      await store.takePosition(key, one, NOW_MS);
      await store.removeCheck(key, { seenAtMs: T, nextSeq: 1 });
      expect((await store.readMeta(key))?.checkAtMs).toBe(T);
      await store.removeCheck(key, { seenAtMs: T, nextSeq: 2 });
      expect(await store.readMeta(key)).not.toHaveProperty('checkAtMs');
      expect(await dueAt(store, T)).not.toContain(key.session);
    });

    test('given later is looked at, and taken away leaves no look behind', async () => {
      const { store, key } = await newSession();
      await store.scheduleCheck(key, T);
      expect(await store.readMeta(key)).not.toHaveProperty('checkAtMs');
      const changed = await store.updateSettings(key, {
        scope: { from: 'ann', to: 'bob', formerScopes: ['ann'] },
        autoCommit: { policy, checkAtMs: T },
      });
      expect(changed).toMatchObject({ scope: 'bob', autoCommit: policy, checkAtMs: T });
      expect(await dueAt(store, T)).toContain(key.session);
      await store.moveCheck(key, { seenAtMs: T, nextAtMs: T + 5, checkedNextSeq: 1 });
      const again = await store.updateSettings(key, { autoCommit: { policy, checkAtMs: T } });
      expect(again).not.toHaveProperty('checkedNextSeq');

      const without = await store.updateSettings(key, { autoCommit: null });
      expect(without).toEqual({ ...(await store.readMeta(key)), scope: 'bob' });
      for (const gone of ['autoCommit', 'checkAtMs', 'checkedNextSeq', 'checkShard']) {
        expect(without).not.toHaveProperty(gone);
      }
      expect(await dueAt(store, T)).not.toContain(key.session);
      await store.updateSettings(key, {
        scope: { from: 'bob', to: 'carla', formerScopes: ['bob'] },
        autoCommit: null,
      });
      expect(await store.readMeta(key)).toMatchObject({ scope: 'carla' });
    });

    test('is not looked at once the session is deleted', async () => {
      const { store, key } = await newPolicySession();
      await store.scheduleCheck(key, T);
      const { fence } = await store.claim(key);
      await store.markDeleted(key, fence, { deletedAtMs: T, liveFrom: 1 });
      expect(await dueAt(store, T)).not.toContain(key.session);
      await store.scheduleCheck(key, T);
      expect(await dueAt(store, T)).not.toContain(key.session);
    });
  });

  describe('of a session that is deleted', () => {
    const expiresAtMs = NOW_MS + 1_000;
    const all = { limit: 25 };
    const commit = {
      commitId: 'c-1',
      state: 'queued',
      keepRecent: 0,
      requestedAtMs: NOW_MS,
      timeline: [],
    } as const;
    const appendKey = { key: 'k', position: 1, sha256: 'aa', messageIds: ['m'], expiresAtMs };

    async function deletedSession({ positions = 0 } = {}) {
      const { store, key } = await newSession();
      const { fence } = await store.claim(key);
      for (let count = 0; count < positions; count += 1) await store.takePosition(key, one, NOW_MS);
      const mark = await store.markDeleted(key, fence, { deletedAtMs: NOW_MS, liveFrom: 1 });
      return { store, key, fence, mark };
    }

    test('keeps a mark, with the positions that were handed out until then', async () => {
      const { store, key, mark } = await deletedSession({ positions: 3 });
      expect(mark).toEqual({ deletedAtMs: NOW_MS, scope: 'ann', liveFrom: 1, liveTo: 3 });
      expect(await store.readDeleted(key)).toEqual(mark);
      expect(await store.readMeta(key)).toBeUndefined();
    });

    test('keeps the seal that was not finished', async () => {
      const { store, key } = await newSession();
      const { fence } = await store.claim(key);
      await store.seal(key, fence, seal);
      const mark = await store.markDeleted(key, fence, { deletedAtMs: NOW_MS, liveFrom: 1 });
      expect(mark.sealed).toEqual(seal);
    });

    test('is marked under the fence, and once', async () => {
      const { store, key } = await newSession();
      const stale = (await store.claim(key)).fence;
      const { fence } = await store.claim(key);
      const late = { deletedAtMs: NOW_MS + 9, liveFrom: 7 };
      await expect(store.markDeleted(key, stale, late)).rejects.toThrow(FenceRejectedError);
      const mark = await store.markDeleted(key, fence, { deletedAtMs: NOW_MS, liveFrom: 1 });
      for (const claim of [stale, fence])
        await expect(store.markDeleted(key, claim, late)).rejects.toThrow(FenceRejectedError);
      expect(await store.readDeleted(key)).toEqual(mark);
      expect(await store.readDeleted(newKey())).toBeUndefined();
    });

    test('takes no write of META any more', async () => {
      const { store, key, fence, mark } = await deletedSession();
      expect(await store.createSession(key, settings)).toBe(false);
      await expect(store.takePosition(key, one, NOW_MS)).rejects.toThrow(SessionNotFoundError);
      await expect(store.claim(key)).rejects.toThrow(SessionNotFoundError);
      await expect(store.updateSettings(key, { memoryCategories: [] })).rejects.toThrow(SessionNotFoundError);
      await expect(store.seal(key, fence, seal)).rejects.toThrow(FenceRejectedError);
      await expect(store.unseal(key, fence)).rejects.toThrow(FenceRejectedError);
      const requested = { commitId: 'c-1', through: 1, keepRecent: 0, requestedAtMs: NOW_MS, appended };
      await store.rememberRequest(key, requested);
      expect(await store.readDeleted(key)).toEqual(mark);
    });

    test('takes late records until their positions are closed', async () => {
      const { store, key } = await deletedSession({ positions: 3 });
      expect(await store.putRecord(key, record(2))).toBe(true);
      expect(await store.closePositions(key, [1, 2, 3], expiresAtMs)).toEqual([]);
      expect(await store.putRecord(key, record(3))).toBe(false);
      const { entries } = await store.readRange(key, { from: 1, to: 3 });
      expect(entries).toEqual([1, 2, 3].map((position) => ({ kind: 'void', position })));
    });

    test('takes what belongs to an archive until its place is closed, whether it was there or not', async () => {
      const { store, key } = await deletedSession();
      expect(await store.putManifest(key, manifest(1))).toBe(true);
      expect(await store.putChunk(key, 1, 0, new Uint8Array([1]))).toBe(true);
      const names = await store.listItems(key, all);
      expect(await store.removeItems(key, [...names, 'ARCHIVE#000001#CHUNK#001'], expiresAtMs)).toEqual([]);

      expect(await store.putManifest(key, manifest(1))).toBe(false);
      for (const index of [0, 1]) {
        expect(await store.putChunk(key, 1, index, new Uint8Array([1]))).toBe(false);
        expect(await store.readChunk(key, 1, index)).toBeUndefined();
      }
      const skipped = { outcome: 'skipped', atMs: NOW_MS, reason: 'late' } as const;
      expect(await store.recordStep(key, 1, 'summary', skipped)).toBe(false);
      await store.setFollowUpState(key, 1, 'completed');
      expect(await store.readManifest(key, 1)).toBeUndefined();
      for (const parts of [[], ['chunks', 'summary']] as const)
        expect(await store.readManifests(key, [1, 2], parts)).toEqual({ manifests: [], left: [] });
      expect(await store.readArchives(key, { archive: 2 })).toEqual({ items: [] });
    });

    test('takes statuses of commits and append keys, which expire, and removes them', async () => {
      const { store, key } = await deletedSession();
      expect(await store.putCommit(key, commit, expiresAtMs)).toBe(true);
      expect(await store.putAppendKey(key, appendKey, NOW_MS)).toBe(true);
      expect(await store.listItems(key, all)).toEqual(['APPEND#k', 'COMMIT#c-1']);
      await store.removeItems(key, ['APPEND#k', 'COMMIT#c-1'], expiresAtMs);
      expect(await store.listItems(key, all)).toEqual([]);
      expect(await store.readCommit(key, 'c-1')).toBeUndefined();

      expect(await store.changeCommit(key, 'c-1', started)).toBe(false);
      await store.addToTimeline(key, 'c-1', { atMs: NOW_MS, event: 'summary' });
      await store.noteLastAttempt(key, 'c-1', lastAttempt('follow-up', NOW_MS));
      expect(await store.retryCommit(key, 'c-1', { transition: 'retry', seen: commit, timeline: [] })).toBe(
        false,
      );
      expect(await store.moveAppendKey(key, { ...appendKey, position: 2 }, 1)).toBe(false);
      expect(await store.listItems(key, all)).toEqual([]);
      expect(await store.changeCommit(key, 'c-1', started, created)).toBe(true);
      expect(await store.putAppendKey(key, appendKey, NOW_MS)).toBe(true);
    });

    test('lists what it has in order and page by page, but its mark and its log', async () => {
      const { store, key } = await deletedSession();
      await store.closePositions(key, [1], expiresAtMs);
      await store.putCommit(key, commit, expiresAtMs);
      await store.putAppendKey(key, appendKey, NOW_MS);
      await store.putManifest(key, manifest(1));
      await store.putChunk(key, 1, 0, new Uint8Array([1]));
      const names = ['APPEND#k', 'ARCHIVE#000001', 'ARCHIVE#000001#CHUNK#000', 'COMMIT#c-1'];
      expect(await store.listItems(key, all)).toEqual(names);
      expect(await store.listItems(key, { limit: 2 })).toEqual(names.slice(0, 2));
      expect(await store.listItems(key, { limit: 2, after: 'ARCHIVE#000001' })).toEqual(names.slice(2));
      expect(await store.listItems(key, { limit: 2, after: 'COMMIT#c-1' })).toEqual([]);
    });

    test('keeps when all of it was gone, and only then', async () => {
      const { store, key, mark } = await deletedSession();
      await store.finishDeletion(key, NOW_MS + 5);
      expect(await store.readDeleted(key)).toEqual({ ...mark, finishedAtMs: NOW_MS + 5 });
      const other = await newSession();
      await other.store.finishDeletion(other.key, NOW_MS);
      expect(await other.store.readDeleted(other.key)).toBeUndefined();
    });
  });
});
