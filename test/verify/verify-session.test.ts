import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inProcessDeadLetterQueue } from '../../lib/dead-letters/index.ts';
import { autoCommitPolicySchema } from '../../lib/session/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import { advice, type FindingCode, type MemoryFindingCode } from '../../lib/verify/index.ts';
import { commitLetter } from '../dead-letters/letters.ts';
import { statementOf } from '../support/statement-of.ts';
import { key, type VerifyWorld, verifyWorld } from './verify-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const policy = autoCommitPolicySchema.parse({});

/** How each finding comes about: what is done to a session that is well. */
const damages: Record<
  Exclude<FindingCode, MemoryFindingCode | 'session-busy' | 'dead-letters'>,
  (world: VerifyWorld) => Promise<unknown>
> = {
  'session-missing': ({ remove }) => remove('META'),
  'session-leftovers': ({ put }) => put('META', { deletedAtMs: 1, scope: 'ann', liveFrom: 5, liveTo: 6 }),
  'item-unreadable': ({ set }) => set('ARCHIVE#000001', 'followUpState', 'finished'),
  'item-too-new': ({ set }) => set('META', 'schemaVersion', 99),
  'seal-old': async ({ set, clock, read }) => {
    await set('META', 'sealed', await sealOf(read, clock.now() - MINUTE));
  },
  'seal-stale': async ({ set, clock, read }) => {
    await set('META', 'sealed', await sealOf(read, clock.now() - 10 * MINUTE));
  },
  'seal-contradiction': async ({ set, clock, read }) => {
    await set('META', 'sealed', { ...(await sealOf(read, clock.now())), archive: 7 });
  },
  'archive-missing': ({ remove }) => remove('ARCHIVE#000001'),
  'archive-surplus': async ({ put, read }) => put('ARCHIVE#000003', await read('ARCHIVE#000002')),
  'vector-surplus': ({ put }) => put('EMBEDDING#000003#000000000005#000', { embeddedBy: 'fake@2' }),
  'check-overdue': async ({ store, clock }) => {
    await store.updateSettings(key, { autoCommit: { policy, checkAtMs: clock.now() } });
    await clock.advance(16 * MINUTE);
  },
  'check-missing': async ({ store, clock, set }) => {
    await store.updateSettings(key, { autoCommit: { policy, checkAtMs: clock.now() } });
    await set('META', 'checkAtMs', undefined);
  },
  'archive-gap': ({ set }) => set('ARCHIVE#000002', 'from', 2),
  'archive-end': ({ set }) => set('ARCHIVE#000002', 'to', 5),
  'chunk-missing': ({ remove }) => remove('ARCHIVE#000002#CHUNK#000'),
  'chunk-damaged': async ({ set, read }) => {
    const { chunk } = await read('ARCHIVE#000002#CHUNK#000');
    const text = gunzipSync(chunk as Uint8Array)
      .toString()
      .replace('a2', 'x2');
    await set('ARCHIVE#000002#CHUNK#000', 'chunk', gzipSync(text));
  },
  'chunk-order': ({ set }) => set('ARCHIVE#000002', 'to', 3),
  'archive-counts': ({ set }) => set('ARCHIVE#000002', 'messageCount', 3),
  'record-lost': async ({ put, read, remove }) => {
    await put('LOG#000000000002', await read('LOG#000000000005'));
    await remove('ARCHIVE#000001#CHUNK#000');
  },
  'record-not-cleared': async ({ put, read }) => {
    const { appendId } = await read('LOG#000000000002');
    await put('LOG#000000000002', { ...(await read('LOG#000000000005')), appendId });
  },
  'record-damaged': ({ set }) => set('LOG#000000000005', 'messages', '{'),
  'record-beyond-end': async ({ put, read }) => put('LOG#000000000009', await read('LOG#000000000005')),
  'tombstone-without-record': ({ remove }) => remove('ARCHIVE#000001#CHUNK#000'),
  'tombstone-mismatch': ({ set }) => set('LOG#000000000002', 'appendId', 'another'),
  'void-archived': ({ set }) => set('LOG#000000000002', 'kind', 'void'),
  'closed-live': ({ set }) => set('LOG#000000000005', 'kind', 'tombstone'),
  'expiry-missing': ({ set }) => set('LOG#000000000002', 'expiresAtSeconds', undefined),
  'expiry-late': ({ set, clock }) =>
    set('LOG#000000000002', 'expiresAtSeconds', (clock.now() + 3 * DAY) / 1000),
  'position-missing': ({ store }) => store.takePosition(key, { messages: 1, tokens: 2 }, 0),
  'follow-up-pending': async ({ store, append, commit, clock }) => {
    await append('more');
    await commit('commit-3');
    await store.changeCommit(
      key,
      'commit-3',
      { transition: 'complete', entry: { atMs: clock.now() } },
      { keepRecent: 0, requestedAtMs: 0, expiresAtMs: 0 },
    );
    await clock.advance(51 * MINUTE);
  },
  'follow-up-dead-lettered': ({ set }) => set('ARCHIVE#000002', 'followUpState', 'dead-lettered'),
  'commit-stuck': async ({ store, clock }) => {
    await store.putCommit(key, status('queued', clock.now()), clock.now() + DAY);
    await clock.advance(26 * MINUTE);
  },
  'commit-orphaned': async ({ store, clock, emptyQueue }) => {
    await store.putCommit(key, status('queued', clock.now()), clock.now() + DAY);
    await clock.advance(2 * MINUTE);
    emptyQueue();
  },
  'commit-dead-lettered': ({ store, clock }) =>
    store.putCommit(key, status('dead-lettered', clock.now()), clock.now() + DAY),
  'commit-without-archive': ({ store, clock }) =>
    store.putCommit(key, { ...status('archived', clock.now()), archive: 9 }, clock.now() + DAY),
};

function status(state: 'queued' | 'dead-lettered' | 'archived', atMs: number) {
  const timeline = [{ atMs, event: state, detail: 'The lease was busy.' }];
  return { commitId: 'stray', state, keepRecent: 0, requestedAtMs: atMs, timeline } as const;
}

async function sealOf(read: VerifyWorld['read'], sealedAtMs: number) {
  const { archive, from, to, commitId } = await read('ARCHIVE#000002');
  return { archive, from, to, commitId, sealedAtMs };
}

describe('verifying', () => {
  it('finds nothing wrong with a session that is well, and counts what it has seen', async () => {
    await using world = await verifyWorld();
    expect(await world.verify()).toEqual({
      key,
      archives: 2,
      archivedMessages: 4,
      liveMessages: 2,
      findings: [],
    });
  });

  it('finds nothing wrong once tombstones and voids have expired', async () => {
    await using world = await verifyWorld();
    for (const position of [1, 2, 3, 4]) await world.remove(`LOG#00000000000${position}`);
    expect(await world.codes()).toEqual([]);
  });

  it('finds nothing wrong with a commit that is under way', async () => {
    await using world = await verifyWorld();
    const { fence } = await world.store.claim(key);
    const seal = { archive: 3, from: 5, to: 6, commitId: 'now', sealedAtMs: world.clock.now() };
    await world.store.seal(key, fence, seal);
    expect(await world.codes()).toEqual([]);
  });

  it.each(Object.entries(damages))('finds %s, and says what to do', async (code, damage) => {
    await using world = await verifyWorld();
    await damage(world);
    const { findings } = await world.verify();
    const found = findings.find((finding) => finding.code === code);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(found?.what).not.toBe('');
    expect(found?.whatToDo).toBe(advice[code as FindingCode]);
  });

  it.each([
    ['META', 'nextSeq', 'item-unreadable'],
    ['ARCHIVE#000001', 'sealedAtMs', 'item-unreadable'],
    ['ARCHIVE#000002', 'chunks', 'item-unreadable'],
    ['ARCHIVE#000002#CHUNK#000', 'chunk', 'chunk-damaged'],
    ['COMMIT#commit-2', 'timeline', 'item-unreadable'],
    ['LOG#000000000002', 'appendId', 'record-damaged'],
    ['LOG#000000000006', 'bytes', 'record-damaged'],
  ])('goes on when %s cannot be read, and names the field', async (sk, field, code) => {
    await using world = await verifyWorld();
    await world.set(sk, field, { not: 'as it was' });
    const { findings } = await world.verify();
    const what = `The item TENANT#acme#SESSION#chat ${sk} cannot be read: ${field}: `;
    expect(findings.filter((finding) => finding.code === code)).toMatchObject([
      { what: expect.stringContaining(what) },
    ]);
  });

  it('finds every item that cannot be read, and still checks the others', async () => {
    await using world = await verifyWorld();
    await world.set('ARCHIVE#000001', 'from', 'x');
    await world.set('COMMIT#commit-1', 'state', 'x');
    await world.set('ARCHIVE#000002', 'followUpState', 'dead-lettered');
    const { findings, archives, archivedMessages, liveMessages } = await world.verify();
    expect({ archives, archivedMessages, liveMessages }).toEqual({
      archives: 2,
      archivedMessages: 2,
      liveMessages: 2,
    });
    expect(findings.map(({ code }) => code).toSorted()).toEqual([
      'follow-up-dead-lettered',
      'item-unreadable',
      'item-unreadable',
      'tombstone-without-record',
    ]);
  });

  it.each(['META', 'ARCHIVE#000001', 'ARCHIVE#000002#CHUNK#000', 'COMMIT#commit-2', 'LOG#000000000005'])(
    'says that %s is of a newer version',
    async (sk) => {
      await using world = await verifyWorld();
      await world.set(sk, 'schemaVersion', 99);
      const { findings } = await world.verify();
      const found = findings.find(({ code }) => code === 'item-too-new');
      expect(found?.what).toContain(`${sk} has schema version 99`);
      expect(found?.whatToDo).toBe(advice['item-too-new']);
    },
  );

  it('finds a deletion that was cut off before the log was closed, and nothing wrong with one that has finished', async () => {
    await using world = await verifyWorld();
    const { fence } = await world.store.claim(key);
    const { liveFrom, liveTo } = await world.store.markDeleted(key, fence, { deletedAtMs: 1, liveFrom: 5 });
    const names = await world.store.listItems(key, { limit: 25 });
    for (const name of names) await world.remove(name);
    const { findings } = await world.verify();
    expect(findings).toMatchObject([
      { code: 'session-leftovers', what: expect.stringContaining(`position ${liveFrom} of its log`) },
    ]);

    await world.store.closePositions(key, [liveFrom, liveTo], world.clock.now() + DAY);
    expect(await world.codes()).toEqual([]);
    await world.store.removeItems(key, names, world.clock.now() + DAY);
    await world.store.putCommit(key, status('queued', world.clock.now()), world.clock.now() + DAY);
    await world.store.finishDeletion(key, 2);
    expect(await world.codes()).toEqual([]);
  });

  it('finds the mark of a deleted session that cannot be read', async () => {
    await using world = await verifyWorld();
    await world.put('META', { deletedAtMs: 1, scope: 'ann' });
    const { findings } = await world.verify();
    expect(findings).toMatchObject([
      { code: 'item-unreadable', what: expect.stringContaining('liveFrom: ') },
    ]);
  });

  it('leaves a commit that cannot be read out of those that are on their way', async () => {
    await using world = await verifyWorld();
    await world.put('COMMIT#whole', { ...status('queued', 1), commitId: 'whole' });
    await world.put('COMMIT#damaged', { ...status('queued', 1), commitId: 7 });
    const { commits } = await world.items.unarchivedCommits(1, new AbortController().signal);
    expect(commits.map(({ status: { commitId } }) => commitId)).toEqual(['whole']);
  });

  it('does not take a commit for orphaned that was asked for a moment ago, or whose message may be on the queue', async () => {
    await using world = await verifyWorld();
    await world.store.putCommit(key, status('queued', world.clock.now()), world.clock.now() + DAY);
    await world.clock.advance(2 * MINUTE);
    expect(await world.codes()).toEqual([]);
    const commitQueue = { isEmpty: true, atMs: world.clock.now() - MINUTE };
    expect(await world.codes({ commitQueue })).toEqual([]);
  });

  it('finds a commit that reads queued and whose message was given up unattempted', async () => {
    await using world = await verifyWorld();
    const queue = inProcessDeadLetterQueue({ clock: world.clock, kind: 'commits' });
    await world.store.putCommit(key, status('queued', world.clock.now()), world.clock.now() + DAY);
    queue.add(commitLetter('stray'));
    const { findings } = await world.verify({ deadLetters: queue.letters });
    expect(findings.find(({ code }) => code === 'commit-dead-lettered')?.what).toMatch(/reads queued/);
  });

  it('finds dead letters of the session, and not those of others', async () => {
    await using world = await verifyWorld();
    const queue = inProcessDeadLetterQueue({ clock: world.clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    queue.add(commitLetter('two', { session: 'other' }));
    queue.add({ group: 'acme#chat', body: 'no JSON' });
    const { findings } = await world.verify({ deadLetters: queue.letters });
    expect(findings).toMatchObject([
      { code: 'dead-letters', what: '1 of its messages is a dead letter: letter-1.' },
    ]);
  });

  it('reads a session again that changes meanwhile, and says so when it never rests', async () => {
    await using world = await verifyWorld();
    await world.set('LOG#000000000002', 'appendId', 'another');
    let reads = 0;
    const readMeta: VerifyWorld['store']['readMeta'] = (session) => {
      reads += 1;
      return world.store.claim(session);
    };
    const codes = await world.codes({ store: { ...world.store, readMeta } });
    expect(codes).toEqual(['tombstone-mismatch', 'session-busy']);
    expect(reads).toBe(6);
  });

  it('is quiet about problems of the moment', async () => {
    await using world = await verifyWorld();
    await world.store.takePosition(key, { messages: 1, tokens: 2 }, 0);
    const { findings } = await world.verify();
    expect(findings).toMatchObject([
      {
        code: 'position-missing',
        severity: 'note',
        what: 'Handed out, and nothing is stored there: position 7.',
      },
    ]);
  });

  it('says that there is no such session when nothing of it is there', async () => {
    await using world = await verifyWorld();
    const typo = { tenant: 'acme', session: 'typo' };
    await expect(world.verify({}, typo)).rejects.toThrow(SessionNotFoundError);
    await expect(world.verify({}, { ...key, tenant: 'other' })).rejects.toThrow(/no session 'chat'/);
  });

  it.each(['COMMIT#', 'ARCHIVE#', 'LOG#'])(
    'says that META is missing when nothing is left but items of %s',
    async (prefix) => {
      await using world = await verifyWorld();
      await world.keepOnly(prefix);
      const { findings } = await world.verify();
      expect(findings).toMatchObject([
        { code: 'session-missing', what: expect.stringMatching(/, but no META\.$/) },
      ]);
    },
  );

  it('names the dead letters of a session that is not there', async () => {
    await using world = await verifyWorld();
    const queue = inProcessDeadLetterQueue({ clock: world.clock, kind: 'commits' });
    queue.add(commitLetter('one', { session: 'lost' }));
    const report = await world.verify({ deadLetters: queue.letters }, { ...key, session: 'lost' });
    expect(report.findings).toMatchObject([{ code: 'dead-letters' }]);
  });

  it('finds every commit of the table that is on its way to an archive, a replayed one too', async () => {
    await using world = await verifyWorld();
    const put = (commitId: string, more: object) =>
      world.put(`COMMIT#${commitId}`, { ...status('queued', 1), commitId, ...more });
    await put('queued', {});
    await put('committing', { state: 'committing' });
    await put('retrying', { state: 'retrying' });
    await put('followed-up-again', { state: 'retrying', archive: 1 });
    await put('dead', { state: 'dead-lettered' });
    const { commits, isComplete } = await world.items.unarchivedCommits(1, new AbortController().signal);
    expect(isComplete).toBe(true);
    expect(commits.map(({ status: { commitId } }) => commitId).sort()).toEqual([
      'committing',
      'queued',
      'retrying',
    ]);
  });

  it('finds every session of the table, and every scope', async () => {
    await using world = await verifyWorld();
    const other = { tenant: 'bcme', session: 'talk' };
    await world.store.createSession(other, { scope: 'bob', memoryCategories: [], createdAtMs: 1 });
    const scope = { tenant: 'acme', scope: 'ann' };
    for (const name of ['a', 'b']) await world.remember(scope, statementOf('Tea', { key: name }));
    const keys = await Array.fromAsync(world.items.everything(new AbortController().signal));
    expect(keys).toEqual(expect.arrayContaining([key, other, scope]));
    expect(keys).toHaveLength(3);
  });
});
