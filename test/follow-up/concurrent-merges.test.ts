import { expect, test } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import { type FollowUpContext, followUpArchive, handleFollowUp } from '../../lib/follow-up/index.ts';
import type { LeaseEvent } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { builtInCategories } from '../../lib/memory/index.ts';
import type { Model } from '../../lib/model/index.ts';
import { consumeBatch } from '../../lib/queue/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { commitWorld } from '../support/commit-world.ts';
import { delayedPort } from '../support/delayed-port.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { textOf } from '../support/text-of.ts';

const SESSIONS = 10;
const ARCHIVES_PER_SESSION = 5;
const MAX_RECEIVE_COUNT = 5;
const REQUEST_MS = 5;
const scope = { tenant: 'acme', scope: 'ann' };
const signal = new AbortController().signal;

/** Every message `key=value` is a memory; ten keys, so that archives of all sessions meet in each of them. */
const model: Model = {
  name: 'literal',
  summarise: async () => ({ value: 'They talked.' }),
  async extract({ messages }) {
    const memories = messages.map((message) => {
      const [key = '', text = ''] = textOf(message).split('=');
      return { category: 'preference' as const, key, text, confidence: 1, messageId: message.id };
    });
    return { value: { memories, rejected: [] } };
  },
};

/** 50 archives of 10 sessions of one user. */
async function setUp() {
  const world = await commitWorld();
  const { store, clock, context, log } = world;
  const archives: { session: string; archive: number }[] = [];
  for (let number = 1; number <= ARCHIVES_PER_SESSION; number += 1) {
    for (let index = 0; index < SESSIONS; index += 1) {
      const session = `s-${index}`;
      const key = { tenant: 'acme', session };
      await store.createSession(key, { scope: 'ann', memoryCategories: builtInCategories, createdAtMs: 0 });
      for (const offset of [0, 3, 7]) {
        await clock.advance(1);
        const content = `drink-${(index + number + offset) % 10}=value ${number % 3} of ${session}`;
        await appendMessages(log, key, [{ role: 'user', content }]);
      }
      await commitSession(context, { ...world.message(`${session}-${number}`), ...key }, signal);
      archives.push({ session, archive: number });
    }
  }
  return { world, archives };
}

async function memoriesAfter(
  run: (
    context: FollowUpContext,
    archives: readonly { session: string; archive: number }[],
    clock: Awaited<ReturnType<typeof setUp>>['world']['clock'],
  ) => Promise<void>,
) {
  const { world, archives } = await setUp();
  const { clock } = world;
  const memories = inProcessMemoryStore(world.store.sessions);
  const waitsMs: number[] = [];
  const lease = {
    ...world.context.lease,
    leases: delayedPort(world.leases, clock, REQUEST_MS),
    random: seededRandom(7),
    onEvent: (event: LeaseEvent) => {
      if (event.type === 'lease.acquired' || event.type === 'lease.unavailable') waitsMs.push(event.waitedMs);
    },
  };
  const context: FollowUpContext = {
    store: world.store,
    memories: delayedPort(memories, clock, REQUEST_MS),
    model,
    fallback: model,
    lease,
    limits: defaultLimits,
    owner: 'worker',
    onEvent: () => undefined,
  };
  await run(context, archives, clock);
  const { memories: listed } = await memories.listMemories(scope, { limit: 100 });
  const found = listed.map(({ revision: _, ...memory }) => memory);
  const { statements, sources } = memories.scopes.get('acme/ann') ?? expect.fail('nothing was merged');
  const stored = { found, statements: inOrder(statements), sources: inOrder(sources) };
  return { stored, waitsMs };
}

const inOrder = <T>(named: ReadonlyMap<string, T>) => [...named].toSorted(([a], [b]) => (a < b ? -1 : 1));

const followUp = ({ session, archive }: { session: string; archive: number }) => ({
  tenant: 'acme',
  session,
  archive,
  commitId: `${session}-${archive}`,
});

test('50 archives of one user that are extracted at once give what they give one after another', async () => {
  const sequential = await memoriesAfter(async (context, archives, clock) => {
    for (const archive of archives) await clock.runUntil(followUpArchive(context, followUp(archive), signal));
  });

  const deliveries: number[] = [];
  const concurrent = await memoriesAfter(async (context, archives, clock) => {
    const all = archives.map(async (archive) => {
      deliveries.push(await deliverUntilDone(context, clock, followUp(archive)));
    });
    await clock.runUntil(Promise.all(all));
  });

  expect(sequential.stored.found).toHaveLength(10);
  expect(sequential.stored.statements).toHaveLength(3 * SESSIONS * ARCHIVES_PER_SESSION);
  expect(sequential.stored.sources).toHaveLength(SESSIONS * ARCHIVES_PER_SESSION);
  expect(concurrent.stored).toEqual(sequential.stored);
  expect(Math.max(...deliveries)).toBeLessThan(MAX_RECEIVE_COUNT);
  const { acquireTimeoutMs } = defaultLimits.memoryLease;
  expect(Math.max(...concurrent.waitsMs)).toBeGreaterThan(0);
  expect(Math.max(...concurrent.waitsMs)).toBeLessThanOrEqual(acquireTimeoutMs);
});

/** As the queue does: what is given back comes again when its visibility timeout ends. Returns how often it came. */
async function deliverUntilDone(
  context: FollowUpContext,
  clock: FollowUpContext['lease']['clock'],
  message: ReturnType<typeof followUp>,
): Promise<number> {
  let visibleInMs = 0;
  const control = {
    async setVisibility(_delivery: unknown, ms: number) {
      visibleInMs = ms;
    },
    async deadLetter() {
      throw new Error(`${message.commitId} was dead-lettered`);
    },
  };
  const redeliveryMs = defaultLimits.lease.ttlMs;
  const bounds = { redeliveryMs, maxReceiveCount: MAX_RECEIVE_COUNT };
  const consumer = { control, clock, random: context.lease.random, ...bounds, onEvent: () => undefined };
  for (let receiveCount = 1; ; receiveCount += 1) {
    const ids = { messageId: message.commitId, receiptHandle: 'h', group: message.session };
    const delivery = { ...ids, body: JSON.stringify(message), receiveCount };
    const failed = await consumeBatch(consumer, [delivery], (one) =>
      handleFollowUp(context, one, { maxReceiveCount: MAX_RECEIVE_COUNT, signal }),
    );
    if (failed.length === 0) return receiveCount;
    await clock.sleep(visibleInMs);
  }
}
