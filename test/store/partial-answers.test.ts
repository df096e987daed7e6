import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiRequest, handleRequest } from '../../lib/api/index.ts';
import { systemClock } from '../../lib/clock/index.ts';
import { type CommitContext, commitSession } from '../../lib/commit/index.ts';
import { conversationContext } from '../../lib/context/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import type { LogTombstone, SessionKey } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  finishBatch,
  StoreUnavailableError,
} from '../../lib/store/index.ts';
import { dynamodbSessionItems, verifySession } from '../../lib/verify/index.ts';
import { recordingSender } from '../support/commit-world.ts';
import { type BatchCut, cutBatches, PARTITION_CUT } from '../support/cut-batches.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import type { TestTable } from '../support/table-at.ts';

const ARCHIVES = 60;
const SUMMARY_BYTES = 25_000;
const MEMORY_BYTES = 1_000;
/** Deadlines are longer; the waits between two requests are not. */
const LONG_MS = 2_000;
const signal = new AbortController().signal;
const key: SessionKey = { tenant: 'acme', session: 'long' };

let table: TestTable;
let ids = 0;
const newId = () => `id-${++ids}`;
const leaseOn = (clock = systemClock) => ({
  leases: inProcessLeaseStore({ clock }),
  clock,
  random: () => 0.5,
  newId,
  onEvent: () => undefined,
});

/** A session whose manifests have about 37 KB each, of which none carries another on. */
beforeAll(async () => {
  table = await dynaliteTable();
  const store = dynamodbSessionStore(table);
  const context: CommitContext = {
    store,
    followUps: recordingSender(),
    lease: leaseOn(),
    limits: defaultLimits,
    owner: 'worker-1',
    onEvent: () => undefined,
  };
  await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: 0 });
  for (let archive = 1; archive <= ARCHIVES + 1; archive += 1) {
    await appendMessages({ store, clock: systemClock, newId }, key, [
      { role: 'user', content: `It is day ${archive}, and all is well.` },
    ]);
    const message = { ...key, commitId: `c-${archive}`, keepRecent: 0, requestedAtMs: Date.now() };
    await commitSession(context, message, signal);
    if (archive <= ARCHIVES) await followUpLarge(archive);
  }

  async function followUpLarge(archive: number) {
    const done = { outcome: 'done', atMs: 0, by: 'test' } as const;
    const text = `Day ${archive}. ${'word '.repeat(SUMMARY_BYTES / 5)}`;
    await store.recordStep(key, archive, 'summary', { ...done, text, covers: [[archive, archive]] });
    const memory = {
      category: 'event',
      text: 'm'.repeat(MEMORY_BYTES),
      confidence: 1,
      messageId: 'm',
    } as const;
    const memories = Array.from({ length: 12 }, (_, index) => ({
      ...memory,
      key: `k-${index}`,
      seenAtMs: 0,
    }));
    await store.recordStep(key, archive, 'extraction', { ...done, memories });
    await store.setFollowUpState(key, archive, 'completed');
  }
});
afterAll(() => table[Symbol.asyncDispose]());

/** A table whose batch answers are cut, and a clock on which nobody waits long. */
function behind(cutOf: (call: number) => BatchCut) {
  const cut = cutBatches(table.client, cutOf);
  const waits: number[] = [];
  const clock = {
    now: systemClock.now,
    sleep: async (ms: number, until?: AbortSignal) => {
      if (ms > LONG_MS) return systemClock.sleep(ms, until);
      waits.push(ms);
    },
  };
  const place = { client: cut.client, tableName: table.tableName };
  const stores = { store: dynamodbSessionStore(place), memories: dynamodbMemoryStore(place) };
  return { cut, waits, clock, place, lease: leaseOn(clock), ...stores };
}

const cuts: [string, (call: number) => BatchCut][] = [
  ['cuts answers at 1 MB of a partition', () => PARTITION_CUT],
  ['gives ten items at a time', () => ({ items: 10 })],
  ['gives one item at a time', () => ({ items: 1 })],
  ['gives nothing three times, and then all', (call) => (call <= 3 ? { items: 0 } : {})],
];

describe.each(cuts)('a database that %s', (_name, cutOf) => {
  test('lists every archive', async () => {
    const { store, memories, lease, clock } = behind(cutOf);
    const context = {
      store,
      lease,
      clock,
      newId,
      memories,
      limits: defaultLimits,
      owner: 'api',
      commits: recordingSender<never>(),
      followUps: recordingSender<never>(),
      onEvent: () => undefined,
    };
    const found: number[] = [];
    for (let after: number | undefined = 0; after !== undefined; ) {
      const request: ApiRequest = {
        identity: { tenant: key.tenant, subject: 'ann' },
        path: { sessionId: key.session },
        query: { after: String(after), limit: '100' },
        headers: {},
        body: undefined,
        signal,
      };
      const { body } = await handleRequest(context, 'GET /sessions/{sessionId}/archives', request);
      const page = body as { archives: { archive: number; summary?: string }[]; nextAfter?: number };
      expect(page.archives.every(({ archive, summary }) => archive > ARCHIVES || summary)).toBe(true);
      found.push(...page.archives.map(({ archive }) => archive));
      after = page.nextAfter;
    }
    expect(found).toEqual(Array.from({ length: ARCHIVES + 1 }, (_, index) => index + 1));
  });

  test('gives the context of a conversation', async () => {
    const { store, lease } = behind(cutOf);
    const { summaries, dropped } = await conversationContext(store, key, 2_000_000, lease);
    expect(summaries.map(({ archive }) => archive)).toEqual(
      Array.from({ length: ARCHIVES }, (_, index) => index + 1),
    );
    expect(dropped).toBeUndefined();
  });

  test('is verified', async () => {
    const { store, clock, place } = behind(cutOf);
    const items = dynamodbSessionItems(place);
    const commitQueue = { isEmpty: true, atMs: 0 };
    const context = {
      store,
      items,
      clock,
      random: () => 0.5,
      limits: defaultLimits,
      maxReceiveCount: 5,
      commitQueue,
    };
    const report = await verifySession({ ...context, deadLetters: [] }, key, signal);
    expect(report.findings).toEqual([]);
  });

  test('has the next archive followed up', async () => {
    const { store, memories, lease } = behind(cutOf);
    const model = { ...offlineModel(), maxPreviousTokens: 16_000 };
    const given: string[] = [];
    const context = {
      store: {
        ...store,
        recordStep: async () => true,
        recordMerge: async () => true,
        setFollowUpState: async () => undefined,
      },
      memories,
      model: {
        ...model,
        summarise: async ({ previousSummary = '' }) => {
          given.push(previousSummary);
          return { value: 'All is well.' };
        },
      },
      fallback: model,
      lease,
      limits: defaultLimits,
      owner: 'w',
      onEvent: () => undefined,
    };
    const message = { ...key, archive: ARCHIVES + 1, commitId: `c-${ARCHIVES + 1}` };
    expect(await followUpArchive(context, message, signal)).toBe(true);
    expect(given[0]?.match(/… word/g)?.length).toBeGreaterThan(10);
  });
});

describe('repeating a batch', () => {
  const patience = { random: () => 1 };

  test('waits only after an answer that did nothing, each time longer', async () => {
    const waits: number[] = [];
    const clock = { sleep: async (ms: number) => void waits.push(ms) };
    const answers = [[1, 2, 3], [1, 2, 3], [1, 2], [1, 2], []];
    let call = 0;
    await finishBatch('read', [1, 2, 3], async () => answers[call++] ?? [], { ...patience, clock });
    expect(waits).toEqual([50, 100, 50]);
    expect(call).toBe(5);
  });

  test('gives up on a database that does nothing any more, and says what is left', async () => {
    const { store, waits, clock, cut } = behind(() => ({ items: 0 }));
    const tombstones: LogTombstone[] = [{ kind: 'tombstone', position: 1, appendId: 'a' }];
    const stuck = finishBatch('putTombstones', tombstones, (rest) => store.putTombstones(key, rest, 0), {
      ...patience,
      clock,
    });
    await expect(stuck).rejects.toThrow(StoreUnavailableError);
    await expect(stuck).rejects.toThrow(/1 of 1/);
    expect(cut.requests).toBe(8);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(7_000);
  });

  test('ends when it is told to', async () => {
    const reason = new Error('no more time');
    const clock = { sleep: async () => undefined };
    const options = { ...patience, clock, signal: AbortSignal.abort(reason) };
    await expect(finishBatch('read', [1], async () => [1], options)).rejects.toBe(reason);
  });
});
