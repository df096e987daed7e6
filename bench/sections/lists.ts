import { randomUUID } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { builtInCategories } from '../../lib/memory/index.ts';
import { autoCommitPolicySchema, type SessionKey } from '../../lib/session/index.ts';
import { listIndexes, sessionItemKey, sortKeys } from '../../lib/table/index.ts';
import type { Usage } from '../counting/usage.ts';
import { row } from '../row.ts';
import type { Section } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import { tableName } from '../world/start-services.ts';

const BYTES = 400;
const SESSIONS = 100;
const COMMITS = 10;
const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
/** Of an item whose key in an index changes: its old place is deleted, and its new one written. */
const MOVE_UNITS = 2;

export const lists: Section = {
  name: 'lists',
  title: 'Lists of sessions and commits',
  meaning:
    'what one API request costs that reads a page; the writes in the indexes of lists, which the emulator does not count, by the keys that change of an item',

  async run({ signal, english, quick }) {
    await using world = await benchWorld(signal);
    const first = benchSession(world, english, 'chat-0', 'team');
    for (let index = 0; index < SESSIONS; index += 1) {
      const session = index === 0 ? first : benchSession(world, english, `chat-${index}`, 'team');
      await session.call('createSession', { body: { title: 'What we talked about' } });
      await session.append(1, BYTES);
      await session.call('requestCommit', { body: {} });
    }
    for (let index = 1; index < COMMITS; index += 1) {
      world.clock.advance(1);
      await first.append(1, BYTES);
      await first.call('requestCommit', { body: {} });
    }
    const rows = [
      row(
        'lists.scope',
        `${SESSIONS} sessions of a scope`,
        await first.call('listSessions', { query: { scope: 'team' } }),
      ),
      row('lists.tenant', `${SESSIONS} sessions of a tenant`, await first.call('listSessions')),
      row('lists.commits', `${COMMITS} commits of a session`, await first.call('listCommits')),
      row(
        'lists.large-meta',
        'a position in a session whose META is large',
        await positionInLargeMeta(world),
      ),
    ];

    const hours = quick ? 3 : 24;
    const busy = benchSession(world, english, 'busy');
    await busy.call('createSession', { body: {} });
    const appends = hours * MINUTES_PER_HOUR;
    let units = 0;
    for (let index = 0; index < appends; index += 1) {
      world.clock.advance(MINUTE_MS);
      units += await indexUnits(world, busy.key, () => busy.append(1, BYTES));
    }
    return {
      rows,
      figures: [
        {
          id: 'lists.per-hour',
          label: `an append a minute: W in the indexes of lists for each of ${hours} hours`,
          value: units / hours,
          unit: 'W',
        },
        {
          id: 'lists.per-append',
          label: 'the same, for each append',
          value: units / appends,
          unit: 'W',
        },
        {
          id: 'lists.commit',
          label: 'a commit that runs: W in the indexes of lists for META',
          value: await indexUnits(world, busy.key, () => busy.commit()),
          unit: 'W',
        },
      ],
    };
  },
};

/** The W of what happens to META in the indexes of lists while work is done, by AWS's rule. */
async function indexUnits(world: BenchWorld, key: SessionKey, work: () => Promise<unknown>): Promise<number> {
  const reader = world.services.makeDynamodb();
  const placesOf = async () => {
    const { pk, sk } = sessionItemKey(key, sortKeys.meta);
    const { Item = {} } = await reader.send(
      new GetItemCommand({
        TableName: tableName,
        Key: { pk: { S: pk }, sk: { S: sk } },
        ConsistentRead: true,
      }),
    );
    return Object.values(listIndexes).map(({ partition, sort }) => `${Item[partition]?.S} ${Item[sort]?.S}`);
  };
  const before = await placesOf();
  await work();
  const after = await placesOf();
  return after.filter((place, index) => place !== before[index]).length * MOVE_UNITS;
}

/** Names of 36 characters, a policy that is being checked, a commit under way, a title of 200 letters. */
async function positionInLargeMeta({ store, clock, meter }: BenchWorld): Promise<Usage> {
  const key = { tenant: randomUUID(), session: randomUUID() };
  const nowMs = clock.now();
  const amount = { messages: 100, tokens: 100_000 };
  await store.createSession(key, {
    scope: randomUUID(),
    title: 'x'.repeat(200),
    memoryCategories: builtInCategories,
    autoCommit: autoCommitPolicySchema.parse({}),
    createdAtMs: nowMs,
  });
  await store.takePosition(key, amount, nowMs);
  await store.scheduleCheck(key, nowMs);
  await store.moveCheck(key, { seenAtMs: nowMs, nextAtMs: nowMs + 1, checkedNextSeq: 1 });
  const commit = { commitId: '0'.repeat(26), through: 1, keepRecent: 0, requestedAtMs: nowMs };
  await store.rememberRequest(key, { ...commit, appended: amount });
  const { fence } = await store.claim(key);
  await store.seal(key, fence, { archive: 1, from: 1, to: 1, commitId: commit.commitId, sealedAtMs: nowMs });
  return meter.during(() => store.takePosition(key, amount, nowMs));
}
