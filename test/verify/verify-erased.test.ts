import { describe, expect, it } from 'vitest';
import { advice, type MemoryFindingCode, SessionNotDeletedError } from '../../lib/verify/index.ts';
import { statementOf } from '../support/statement-of.ts';
import { type ErasureWorld, erasureWorld, scope } from './erasure-world.ts';
import { key } from './verify-world.ts';

const partition = `TENANT#${key.tenant}#SESSION#${key.session}`;
const memories = (name: string) => `TENANT#${key.tenant}#MEMORY#${name}`;
const own = statementOf('tea', { session: key.session });
const carrying = statementOf('tea and bread', { session: 'other', carriedFrom: [[key.session]] });
const found = {
  ...{ category: 'profile', key: 'tea', text: 'tea', confidence: 1, messageId: 'm', seenAtMs: 1 },
  carriedFrom: [[key.session]],
} as const;

/** How each finding comes about: what is done to a table where nothing of the session is left. */
const damages: Record<
  Extract<MemoryFindingCode, `erased-${string}`>,
  (world: ErasureWorld) => Promise<unknown>
> = {
  'erased-session-unfinished': ({ set }) => set('META', 'finishedAtMs', undefined),
  'erased-session-item': ({ putAt }) => putAt(partition, 'LOG#000000000005', { kind: 'record' }),
  'erased-session-unmarked': ({ setAt }) => setAt(partition, 'META', 'formerScopes', ['bob']),
  'erased-session-statement': ({ memories: store }) => store.change(scope, { put: [carrying] }),
  'erased-session-memory': ({ putAt }) =>
    putAt(memories('ann'), 'MEMORY#profile#tea', {
      ...{ category: 'profile', key: 'tea', text: 'tea', confidence: 1, firstSeenAtMs: 1, lastSeenAtMs: 1 },
      ...{ archives: [{ session: key.session, archive: 1 }], history: [], version: 1 },
    }),
  'erased-session-source': ({ memories: store }) => {
    const source = { session: 'other', author: `${key.session}#000001`, add: ['profile#tea#1'] };
    return store.change(scope, { sources: [source] });
  },
  'erased-session-manifest': ({ store, other }) =>
    store.recordStep(other, 1, 'extraction', { outcome: 'done', atMs: 1, by: 'test', memories: [found] }),
  'erased-session-elsewhere': ({ remember }) => remember({ ...scope, scope: 'carla' }, own),
};

const codesOf = async (world: ErasureWorld) => (await world.verifyErased()).findings.map(({ code }) => code);

describe('verifying that a session is erased', () => {
  it('proves that nothing is left but what expires, and says until when', async () => {
    await using world = await erasureWorld();
    await world.erase();
    const pages: number[] = [];
    const report = await world.verifyErased(key, (looked) => pages.push(looked));
    expect(report).toMatchObject({ key, scopes: ['ann'], findings: [] });
    expect(report.remains.items).toBeGreaterThan(5);
    const day = 24 * 60 * 60 * 1_000;
    expect(report.remains.untilMs).toBeGreaterThan(report.deletedAtMs + day - 1_000);
    expect(report.looked).toBeGreaterThan(report.remains.items);
    expect(pages).toEqual([report.looked]);
  });

  it('finds the vector of a message, which holds no word', async () => {
    await using world = await erasureWorld();
    await world.putAt(partition, 'EMBEDDING#000001#000000000001#000', { embeddedBy: 'fake@2' });
    await world.erase();
    expect(await codesOf(world)).toEqual([]);
    await world.putAt(partition, 'EMBEDDING#000001#000000000001#000', { embeddedBy: 'fake@2' });
    expect((await world.verifyErased()).findings).toMatchObject([
      { code: 'erased-session-item', what: expect.stringContaining('EMBEDDING#000001') },
    ]);
  });

  it.each(Object.entries(damages))('finds %s, and says what to do', async (code, damage) => {
    await using world = await erasureWorld();
    await world.erase();
    await damage(world);
    const { findings } = await world.verifyErased();
    const problem = findings.find((one) => one.code === code);
    expect(problem).toMatchObject({ severity: 'problem', whatToDo: advice[code as MemoryFindingCode] });
  });

  it('is content again once the deletion was sent again, wherever its mark knows', async () => {
    await using world = await erasureWorld();
    await world.erase();
    await world.remember({ ...scope, scope: 'carla' }, own);
    await world.memories.change(scope, { put: [carrying] });
    await world.setAt(partition, 'META', 'formerScopes', ['carla']);
    // As its merge would have listed it.
    const source = { session: key.session, author: 'other#000001', add: ['profile#tea and bread#x'] };
    await world.memories.change(scope, { sources: [source] });
    expect(await codesOf(world)).not.toEqual([]);
    await world.erase();
    expect(await codesOf(world)).toEqual([]);
  });

  it('finds what a deletion without memories leaves, and nothing of another session', async () => {
    await using world = await erasureWorld();
    await world.erase(false);
    const { findings } = await world.verifyErased();
    expect(findings.map(({ code }) => code)).toEqual([
      'erased-session-unmarked',
      'erased-session-memory',
      'erased-session-source',
      'erased-session-statement',
    ]);
    expect(findings.at(-1)?.what).toMatch(
      /^Scope 'ann': profile#milk#\d+#other#000001, profile#tea#\d+#chat#000001\.$/,
    );
  });

  it('names items that cannot be read', async () => {
    await using world = await erasureWorld();
    await world.erase();
    await world.putAt(memories('bob'), 'STATEMENT#profile#tea#1#x', { category: 'profile' });
    expect((await world.verifyErased()).findings).toMatchObject([
      { code: 'item-unreadable', what: expect.stringContaining('MEMORY#bob STATEMENT#profile#tea') },
    ]);
  });

  it('is not asked of a session that is there, or never was', async () => {
    await using world = await erasureWorld();
    await expect(world.verifyErased()).rejects.toThrow(SessionNotDeletedError);
    await expect(world.verifyErased()).rejects.toThrow(/was not deleted\. Delete it first/);
    await expect(world.verifyErased({ ...key, session: 'typo' })).rejects.toThrow(/never had such a session/);
  });
});
