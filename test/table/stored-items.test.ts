import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { problemOf } from '../../lib/api/index.ts';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { withLease } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { mergeStatements } from '../../lib/memory/index.ts';
import { lastAttempt } from '../../lib/session/index.ts';
import { itemKind } from '../../lib/table/item-kind.ts';
import { statementOf } from '../support/statement-of.ts';
import { itemsOfVersion1, type KindOfItem, memoryOfVersion2, T } from './items-of-version-1.ts';
import { type TableWorld, tableWorld } from './table-world.ts';

const key = { tenant: 'acme', session: 'chat' };
const gone = { tenant: 'acme', session: 'gone' };
const scope = { tenant: 'acme', scope: 'ann' };
const resource = 'TENANT#acme#SESSION#chat';
const signal = new AbortController().signal;

const { meta, manifest, commit, memory, source, erasedSession } = itemsOfVersion1;
const city = { category: 'profile', key: 'city' } as const;
const autoCommit = { ...meta.autoCommit };
const appendKey = { key: 'k-1', position: 3, sha256: 'ab', messageIds: ['m-3'], expiresAtMs: T + 43_200_000 };
const mark = { deletedAtMs: T, scope: 'ann', liveFrom: 1, liveTo: 4 };
const message = {
  id: 'm-3',
  role: 'user',
  content: 'Grüße',
  at: '2026-01-01T00:00:00.000Z',
  metadata: { n: 1 },
} as const;
const record = {
  kind: 'record',
  position: 3,
  appendId: 'key:k-1',
  messages: [message],
  bytes: 105,
  appendedAtMs: T,
} as const;
const tombstone = { kind: 'tombstone', position: 1, appendId: 'a-1' } as const;

/** The item without what is there for the table alone. */
function attributesOf<const Item extends object, const Name extends string>(
  item: Item,
  ...names: readonly Name[]
): Omit<Item, Name | 'pk' | 'sk'> {
  const own = new Set<string>(['pk', 'sk', ...names]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => !own.has(name))) as never;
}

const statement = { ...attributesOf(itemsOfVersion1.statement, 'pk'), carriedFrom: [['other']] };
const remembered = { ...attributesOf(memoryOfVersion2, 'schemaVersion'), carriedFrom: [['other']] };
/** What is known of a memory of version 1: nobody can say who said its text. */
const earlier = {
  ...{ category: 'profile', key: 'city', text: 'Ann lives in Bonn.', confidence: 0.9 },
  ...{ firstSeenAtMs: T, lastSeenAtMs: T, saidAtMs: T },
  by: { kind: 'earlier' },
  earlier: {
    ...{ text: 'Ann lives in Bonn.', confidence: 0.9, firstSeenAtMs: T, saidAtMs: T },
    sessions: ['chat'],
    hasUnlistedSessions: true,
    history: [{ text: 'Ann lives in Rome.', seenAtMs: T - 1 }],
  },
  revision: 'version 1',
};

const manifestRead = {
  ...attributesOf(manifest, 'followUpState', 'summary', 'extraction', 'merge'),
  followUp: {
    state: 'completed',
    summary: manifest.summary,
    extraction: manifest.extraction,
    merge: manifest.merge,
  },
};
const { extraction: _extraction, merge: _merge, ...excerpt } = manifestRead.followUp;

interface Reading {
  read(world: TableWorld): Promise<unknown>;
  readonly says: unknown;
  /** A field, what is there in place of what belongs there, and where the error finds it. */
  readonly damage: readonly [name: string, value: unknown, path?: string];
}

const firstMemory: Reading['read'] = async ({ memories }) =>
  (await memories.listMemories(scope, { limit: 1 })).memories[0];

/** How each kind of item is read, what it says, and what damages it. */
const kinds: Record<Exclude<KindOfItem, 'erasedSession'>, Reading> = {
  meta: {
    read: ({ store }) => store.readMeta(key),
    says: attributesOf(meta, 'checkShard'),
    damage: ['sealed', { ...meta.sealed, to: 'secret' }, 'sealed.to'],
  },
  deleted: {
    read: ({ store }) => store.readDeleted(gone),
    says: mark,
    damage: ['liveTo', 'secret'],
  },
  tombstone: {
    read: ({ store }) => store.readEntry(key, 1),
    says: tombstone,
    damage: ['appendId', 7],
  },
  void: {
    read: ({ store }) => store.readEntry(key, 2),
    says: { kind: 'void', position: 2 },
    damage: ['kind', 'secret'],
  },
  record: {
    read: async ({ store }) => (await store.readRange(key, { from: 3, to: 3 })).entries[0],
    says: record,
    damage: ['messages', '[{"id":"m","role":"secret","content":"","at":"x"}]', 'messages.0.role'],
  },
  appendKey: {
    read: ({ store }) => store.readAppendKey(key, 'k-1'),
    says: appendKey,
    damage: ['messageIds', 'secret'],
  },
  manifest: {
    read: ({ store }) => store.readManifest(key, 1),
    says: manifestRead,
    damage: ['summary', { ...manifest.summary, text: 7 }, 'summary.text'],
  },
  chunk: {
    read: ({ store }) => store.readChunk(key, 1, 0),
    says: new Uint8Array([1, 2, 3]),
    damage: ['chunk', 'secret'],
  },
  commit: {
    read: ({ store }) => store.readCommit(key, 'c-1'),
    says: attributesOf(commit, 'expiresAtSeconds'),
    damage: ['state', 'secret'],
  },
  memory: { read: firstMemory, says: earlier, damage: ['version', 'secret'] },
  statement: {
    read: async ({ memories }) => (await memories.listStatements(scope, city, {})).statements[0],
    says: statement,
    damage: ['by', { ...statement.by, archive: 'secret' }, 'by.archive'],
  },
  source: {
    read: async ({ memories }) => (await memories.listSources(scope, 'other', {})).sources[0],
    says: { session: 'other', author: 'chat#000001', names: [...source.names] },
    damage: ['names', 'secret'],
  },
  scope: {
    read: async ({ memories }) => {
      const { erasedAtMs } = await memories.readMemories(scope, []);
      return { erasedAtMs };
    },
    says: { erasedAtMs: T - 1 },
    damage: ['erasedAtMs', 'secret'],
  },
  lease: {
    read: async ({ leases }) => {
      const answer = await leases.renew({ resource, owner: 'another', token: 't-2', ttlMs: 30_000 });
      return answer.renewed ? undefined : answer.successor;
    },
    says: { owner: 'commit/1f0c9a2b', expiresAtMs: T + 30_000 },
    damage: ['expiresAtMs', 'secret'],
  },
};
const everyKind = [
  ...Object.entries(kinds).map(([name, kind]) => ({
    name,
    item: itemsOfVersion1[name as keyof typeof kinds],
    ...kind,
  })),
  {
    name: 'memory of version 2',
    item: memoryOfVersion2,
    ...{ read: firstMemory, says: remembered, damage: ['by', { kind: 'secret' }, 'by.kind'] as const },
  },
];

async function failureOf(work: Promise<unknown>): Promise<CommitlaneError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CommitlaneError) return error;
  throw new Error('it did not fail as it should', { cause: error });
}

/** Writes one item of each kind, as the stores do. */
async function writeAll({ store, memories, leases }: TableWorld): Promise<void> {
  const expiresAtMs = T + 86_400_000;
  await store.createSession(key, { scope: 'ann', memoryCategories: ['profile', 'event'], createdAtMs: T });
  await store.updateSettings(key, { autoCommit: { policy: autoCommit, checkAtMs: T + 60_000 } });
  for (const tokens of [9, 9, 9]) await store.takePosition(key, { messages: 1, tokens }, T);
  const { fence } = await store.claim(key);
  await store.moveCheck(key, { seenAtMs: T + 60_000, nextAtMs: T + 120_000, checkedNextSeq: 4 });
  await store.rememberRequest(key, meta.requested);
  await store.seal(key, fence, meta.sealed);
  await store.createSession(gone, { scope: 'ann', memoryCategories: [], createdAtMs: T });
  for (let position = 1; position <= mark.liveTo; position += 1)
    await store.takePosition(gone, { messages: 1, tokens: 9 }, T);
  await store.markDeleted(gone, 0, { deletedAtMs: mark.deletedAtMs, liveFrom: mark.liveFrom });

  await store.putTombstones(key, [tombstone], expiresAtMs);
  await store.voidPosition(key, 2, expiresAtMs);
  await store.putRecord(key, record);
  await store.putAppendKey(key, appendKey, T);

  const { summary, extraction, merge } = manifest;
  const head = attributesOf(manifest, 'followUpState', 'summary', 'extraction', 'merge');
  await store.putManifest(key, { ...head, followUp: { state: 'pending' } });
  await store.recordStep(key, 1, 'summary', summary);
  await store.recordStep(key, 1, 'extraction', extraction);
  await store.recordStep(key, 1, 'merge', merge);
  await store.setFollowUpState(key, 1, 'completed');
  await store.putChunk(key, 1, 0, new Uint8Array([1, 2, 3]));

  const { commitId, through, keepRecent, reason, requestedAtMs, timeline } = commit;
  const [queued, { event: _archived, ...entry }] = timeline;
  await store.putCommit(
    key,
    { commitId, state: 'queued', through, keepRecent, reason, requestedAtMs, timeline: [queued] },
    1_769_817_600_999,
  );
  await store.changeCommit(key, 'c-1', { transition: 'archive', archive: 1, entry });
  await store.noteLastAttempt(key, 'c-1', lastAttempt('follow-up', commit.lastAttemptUntilMs));

  const { session, author } = { session: 'other', author: 'chat#000001' };
  await memories.change(scope, {
    put: [statement],
    memories: [{ subject: remembered, after: remembered }],
    sources: [{ session, author, add: [...source.names] }],
  });
  await memories.markErased(scope, T - 1);
  await memories.markSessionErased(scope, 'gone');
  await leases.acquire({ resource, owner: 'commit/1f0c9a2b', token: 't-1', ttlMs: 30_000 });
}

describe('items of version 1, and a memory of version 2,', () => {
  /** What was added to items of version 1 since, by the sort key of its item. */
  const addedSince: Readonly<Record<string, object>> = {
    'TENANT#acme#SESSION#chat META': {
      activeAtMs: T,
      listedIn: 'SESSIONS#acme#0',
      listedAt: 'acme#1767224215.chat',
    },
    'TENANT#acme#SESSION#chat COMMIT#c-1': {
      lastAttemptOf: 'follow-up',
      checkShard: 'CHECK#0',
      checkAtMs: T + 660_000,
      listedIn: 'COMMITS#acme#chat',
      listedAt: '1767225600000.c-1',
    },
  };

  test('are what is written, with what was added since', async () => {
    await using world = await tableWorld();
    await writeAll(world);
    const byKey = ({ pk, sk }: Record<string, unknown>) => `${pk} ${sk}`;
    const written = Map.groupBy(await world.items(), byKey);
    const { memory: _notWritten, ...ofVersion1 } = itemsOfVersion1;
    const expected = [...Object.values(ofVersion1), memoryOfVersion2];
    expect(written.size).toBe(expected.length);
    for (const item of expected) {
      expect(written.get(byKey(item))).toEqual([{ ...item, ...addedSince[byKey(item)] }]);
    }
  });

  test('have all six categories where a session is not restricted, and may have none', async () => {
    await using world = await tableWorld();
    const all = ['profile', 'preference', 'entity', 'event', 'case', 'pattern'];
    const { memoryCategories: _restriction, ...unrestricted } = meta;
    for (const item of [{ ...meta, memoryCategories: all }, unrestricted]) {
      await world.put(item);
      expect(await world.store.readMeta(key)).toEqual(attributesOf(unrestricted, 'checkShard'));
    }
    await world.store.createSession(gone, { scope: 'ann', createdAtMs: T });
    expect(await world.items()).toContainEqual(
      expect.objectContaining({ sk: 'META', memoryCategories: all }),
    );
  });

  test('stay readable when the deployment has other categories', async () => {
    await using world = await tableWorld();
    await world.put({ ...meta, memoryCategories: ['health', 'profile'] });
    expect(await world.store.readMeta(key)).toMatchObject({ memoryCategories: ['health', 'profile'] });
    const own = { ...memory, category: 'health', sk: 'MEMORY#health#asthma', key: 'asthma' };
    await world.put(own);
    expect((await world.memories.listMemories(scope, { limit: 1 })).memories).toMatchObject([
      { category: 'health' },
    ]);
    const [found] = manifest.extraction.memories;
    await world.put({
      ...manifest,
      extraction: {
        ...manifest.extraction,
        memories: [{ ...found, category: 'health' }],
        extractionVersion: 'support.3f9a2c1b',
      },
    });
    expect((await world.store.readManifest(key, 1))?.followUp.extraction).toMatchObject({
      memories: [{ category: 'health' }],
      extractionVersion: 'support.3f9a2c1b',
    });
  });

  test.each(everyKind)('are read: $name', async ({ item, read, says }) => {
    await using world = await tableWorld();
    await world.put(item);
    expect(await read(world)).toEqual(says);
  });

  test('are heeded: the mark of a session whose words nobody may carry on', async () => {
    await using world = await tableWorld();
    await world.put({ ...erasedSession, schemaVersion: 99, addedLater: 1 });
    expect(await world.memories.change(scope, { carriedFrom: ['other', 'gone'] })).toBe('session-erased');
    expect(await world.memories.change(scope, { carriedFrom: ['other'] })).toBe('done');
  });

  test('are read in part: manifests', async () => {
    await using world = await tableWorld();
    await world.put(manifest);
    const { manifests } = await world.store.readManifests(key, [1], ['chunks', 'summary']);
    expect(manifests).toEqual([{ ...manifestRead, followUp: excerpt }]);
  });

  test('are read from the index of what is due', async () => {
    await using world = await tableWorld();
    await world.put(meta);
    const { sessions } = await world.store.listDueChecks(0, T + 120_000);
    expect(sessions).toEqual([{ key, checkAtMs: T + 120_000 }]);
  });

  test('enter the lists with their next append', async () => {
    await using world = await tableWorld();
    await world.put(meta);
    const lists = [
      { tenant: 'acme', shard: 0 },
      { tenant: 'acme', scope: 'ann' },
    ];
    const listed = () =>
      Promise.all(lists.map(async (list) => (await world.store.listSessions(list, { limit: 1 })).entries));
    expect(await listed()).toEqual([[], []]);
    await world.store.takePosition(key, { messages: 1, tokens: 9 }, T);
    const entry = { key, mark: '1767224215.chat' };
    expect(await listed()).toEqual([[entry], [entry]]);
  });
});

describe('an item', () => {
  test.each(everyKind)('may have attributes that a newer release adds: $name', async (kind) => {
    await using world = await tableWorld();
    await world.put({ ...kind.item, addedLater: { by: 'a newer release' } });
    expect(await kind.read(world)).toMatchObject(kind.says as object);
  });

  test.each(everyKind)('of a newer form says what to do, and is worth another try: $name', async (kind) => {
    await using world = await tableWorld();
    await world.put({ ...kind.item, schemaVersion: 99 });
    const error = await failureOf(kind.read(world));
    expect(error).toMatchObject({ code: 'item-too-new', retry: { retryable: true, afterMs: 30_000 } });
    const known = /^(?:LOG|MEMORY)#/.test(kind.item.sk) ? 2 : 1;
    expect(error.message).toBe(
      `The item ${kind.item.pk} ${kind.item.sk} has schema version 99; this Commitlane reads versions up to ${known}. Deploy the newer version.`,
    );
    expect(problemOf(error)).toMatchObject({ view: { status: 503 }, retryAfterS: 30 });
  });

  test.each(everyKind)(
    'that is damaged is named with its field, without its content: $name',
    async (kind) => {
      await using world = await tableWorld();
      const [name, value, path = name] = kind.damage;
      await world.put({ ...kind.item, [name]: value });
      const error = await failureOf(kind.read(world));
      expect(error).toMatchObject({ code: 'item-unreadable', retry: { retryable: false } });
      expect(error.message).toContain(`The item ${kind.item.pk} ${kind.item.sk} cannot be read: ${path}: `);
      expect(error.message).not.toContain('secret');
      expect(problemOf(error).view.status).toBe(500);
    },
  );

  // A source without names names nothing.
  const incomplete = everyKind.filter(({ name }) => name !== 'source');

  test.each(incomplete)('that lacks a field is damaged: $name', async (kind) => {
    await using world = await tableWorld();
    const [name] = kind.damage;
    // Without a summary a manifest is whole.
    const lost = name === 'summary' ? 'chunks' : name === 'sealed' ? 'nextSeq' : name;
    await world.put({ pk: kind.item.pk, sk: kind.item.sk, ...attributesOf(kind.item, lost) });
    expect((await failureOf(kind.read(world))).message).toContain(`cannot be read: ${lost}: `);
  });

  test('whose messages are no JSON is damaged, and what they were is not told', async () => {
    await using world = await tableWorld();
    await world.put({ ...itemsOfVersion1.record, messages: '[secret' });
    const error = await failureOf(world.store.readEntry(key, 3));
    expect(error.message).toContain('messages: Invalid input: expected JSON');
    expect(error.message).not.toContain('secret');
  });

  test.each([0, 1.5, '2', null])('of the schema version %j is damaged', async (schemaVersion) => {
    await using world = await tableWorld();
    await world.put({ ...commit, schemaVersion });
    expect((await failureOf(world.store.readCommit(key, 'c-1'))).message).toContain('schemaVersion: ');
  });

  test('that lacks the chunks that were asked for is damaged', async () => {
    await using world = await tableWorld();
    await world.put({ pk: manifest.pk, sk: manifest.sk, ...attributesOf(manifest, 'chunks') });
    expect((await failureOf(world.store.readManifests(key, [1], ['chunks']))).message).toContain('chunks: ');
    expect((await world.store.readManifests(key, [1], [])).manifests).toHaveLength(1);
  });
});

describe('an item of a list that cannot be read', () => {
  test.each([
    ['is damaged', { fence: 'secret', state: 'secret' }],
    ['is of a newer form', { schemaVersion: 99 }],
  ])('does not keep others from being read: it %s', async (_why, damage) => {
    await using world = await tableWorld();
    await world.put({ ...meta, ...damage });
    await world.put({ ...commit, ...damage });
    const commitKey = { ...key, commitId: 'c-1' };
    expect((await world.store.readSessions([key])).found).toEqual([{ key }]);
    expect((await world.store.readCommits([commitKey])).found).toEqual([{ key: commitKey }]);
  });
});

describe('a record whose messages have parts', () => {
  const parts = [
    { type: 'text', text: '' },
    { signature: 'EqQB', type: 'tool-call', toolCallId: 'c', toolName: 'look', input: { b: 1, a: [null] } },
  ];
  const withParts = { ...record, messages: [{ ...message, role: 'assistant', content: parts } as const] };

  test('is of version 2, and comes back as it was, key by key', async () => {
    await using world = await tableWorld();
    await world.store.putRecord(key, withParts);
    expect(await world.items()).toMatchObject([{ kind: 'record', schemaVersion: 2 }]);
    const entry = await world.store.readEntry(key, 3);
    expect(JSON.stringify(entry?.kind === 'record' && entry.messages)).toBe(
      JSON.stringify(withParts.messages),
    );
  });

  test('is the only one of version 2: those of texts, and what follows a record, cost no more', async () => {
    await using world = await tableWorld();
    await world.store.putRecord(key, record);
    await world.store.voidPosition(key, 4, T);
    await world.store.putTombstones(key, [{ ...tombstone, position: 5 }], T);
    expect((await world.items()).filter((item) => 'schemaVersion' in item)).toEqual([]);
  });

  test('is damaged if it says that it is of version 1', async () => {
    await using world = await tableWorld();
    await world.put({ ...itemsOfVersion1.record, messages: JSON.stringify(withParts.messages) });
    expect((await failureOf(world.store.readEntry(key, 3))).message).toContain('messages.0.content: ');
  });
});

describe('what a newer release has added', () => {
  test('to messages is kept, and all of it stays in its order', async () => {
    await using world = await tableWorld();
    const messages =
      '[{"metadata":{"__proto__":{"x":1},"10":1,"9":2},"at":"x","addedLater":1,"content":"c","role":"tool","id":"m"}]';
    await world.put({ ...itemsOfVersion1.record, messages });
    const entry = await world.store.readEntry(key, 3);
    expect(entry?.kind === 'record' && JSON.stringify(entry.messages)).toBe(
      JSON.stringify(JSON.parse(messages)),
    );
  });

  test('to a statement is kept: later ones stand beside it', async () => {
    await using world = await tableWorld();
    const stored = { ...itemsOfVersion1.statement, addedLater: 1 };
    await world.put(stored);
    await merge(world, statementOf('Ann lives in Bergen.', { ...city, saidAtMs: T + 1 }));
    expect((await world.items()).filter(({ sk }) => sk === stored.sk)).toEqual([stored]);
  });

  test('to a timeline is kept by whoever writes it again', async () => {
    await using world = await tableWorld();
    const timeline = [{ atMs: T, event: 'dead-lettered', addedLater: 1 }];
    await world.put({ ...commit, timeline });
    const seen = await world.store.readCommit(key, 'c-1');
    if (!seen) throw new Error('there is no commit');
    const entry = { atMs: T + 1, event: 'retrying' };
    await world.store.retryCommit(key, 'c-1', {
      transition: 'retry-follow-up',
      seen,
      timeline: [...seen.timeline, entry],
    });
    expect((await world.items())[0]?.['timeline']).toEqual([...timeline, entry]);
  });
});

/** As a follow-up does. */
function merge({ memories, clock }: TableWorld, said: ReturnType<typeof statementOf>) {
  return mergeStatements({ memories, clock, random: () => 0.5, newId: () => 'id-9' }, scope, [said]);
}

describe('a memory of version 1', () => {
  const bergen = statementOf('Ann lives in Bergen.', { ...city, saidAtMs: T + 1 });
  const memoryIn = async (world: TableWorld) => (await world.items()).find(({ sk }) => sk === memory.sk);

  test('becomes one of version 2 with its next statement, and keeps what was known before', async () => {
    await using world = await tableWorld();
    await world.put(memory);
    expect(await merge(world, bergen)).toMatchObject({ updated: 1 });
    const { pk, sk } = memory;
    const { text, confidence, saidAtMs, by } = bergen;
    const after = { ...earlier, text, confidence, saidAtMs, by, lastSeenAtMs: saidAtMs, revision: 'id-9' };
    expect(await memoryIn(world)).toEqual({ pk, sk, ...after, schemaVersion: 2 });
  });

  test('stays as it was known when what is said is older', async () => {
    await using world = await tableWorld();
    await world.put(memory);
    await merge(world, { ...bergen, saidAtMs: T - 5 });
    expect(await memoryIn(world)).toMatchObject({
      ...{ text: 'Ann lives in Bonn.', by: { kind: 'earlier' }, firstSeenAtMs: T - 5, lastSeenAtMs: T },
    });
  });

  test('is changed by whoever has seen this version of it only', async () => {
    await using world = await tableWorld();
    await world.put({ ...memory, version: 7 });
    const change = (before?: string) =>
      world.memories.change(scope, { memories: [{ subject: city, before }] });
    expect(await change()).toBe('memory-changed');
    expect(await change('version 6')).toBe('memory-changed');
    expect(await change('id-2')).toBe('memory-changed');
    expect(await change('version 7')).toBe('done');
    expect(await world.items()).toEqual([]);
  });
});

describe('a kind of item with two versions', () => {
  const kind = itemKind<{ readonly words: readonly string[] }>(
    z.object({ text: z.string() }).transform(({ text }) => ({ words: text.split(' ') })),
    z.object({ words: z.array(z.string()) }),
  );
  const itemKey = { pk: 'p', sk: 's' };

  test('is read in both, and written in the newer one, which says so', () => {
    expect(kind.read({ ...itemKey, text: 'as ever' })).toEqual({ words: ['as', 'ever'] });
    const written = kind.write(itemKey, { words: ['as', 'ever'] });
    expect(written).toEqual({ ...itemKey, words: ['as', 'ever'], schemaVersion: 2 });
    expect(kind.read(written)).toEqual({ words: ['as', 'ever'] });
  });

  test('does not take the one for the other', () => {
    expect(() => kind.read({ ...itemKey, words: [] })).toThrow(/text: /);
    expect(() => kind.read({ ...itemKey, schemaVersion: 3 })).toThrow(/versions up to 2/);
  });
});

describe('a lease that cannot be read', () => {
  async function askForIt(world: TableWorld) {
    const { leases, clock } = world;
    const lease = { leases, clock, random: () => 0.5, newId: () => 't-2', onEvent: () => undefined };
    const request = { resource, owner: 'another', policy: defaultLimits.lease, signal };
    return await clock.runUntil(withLease(lease, request, async () => 'done'));
  }

  test('is not asked for again', async () => {
    await using world = await tableWorld();
    await world.put({ ...itemsOfVersion1.lease, owner: 7 });
    expect(await failureOf(askForIt(world))).toMatchObject({ code: 'item-unreadable' });
  });

  test('is in nobody’s way once it has expired', async () => {
    await using world = await tableWorld();
    await world.put({ ...itemsOfVersion1.lease, owner: 7, expiresAtMs: T });
    expect(await askForIt(world)).toBe('done');
  });
});
