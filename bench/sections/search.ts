import { wrapPort } from '../../lib/port/index.ts';
import { searchMemories, searchSession } from '../../lib/search/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { row } from '../row.ts';
import type { Figure, Row, Section } from '../section.ts';
import { benchSession } from '../world/bench-session.ts';
import { type BenchWorld, benchWorld } from '../world/bench-world.ts';
import type { English } from '../world/load-english.ts';
import { putArchives } from '../world/put-archives.ts';
import { putMemories } from '../world/put-memories.ts';

const TENANT = 'acme';
const SCOPE = 'team';
const MEMORIES = { count: 10_000, bytes: 100 };
const SMALL = { archives: 1_000, messages: 10, bytes: 200 };
const LARGE = { archives: 10, messages: 1_200, bytes: 400 };
const LIMIT = 10;
/** More than there is. */
const TOKENS = '16000';

/** Ports through which a search reads: with them the same requests are made again, and nothing else. */
interface Reading {
  readonly store: BenchWorld['store'];
  readonly memories: BenchWorld['followUp']['memories'];
}

export const search: Section = {
  name: 'search',
  title: 'Searching by words',
  meaning: `what one search costs of ${MEMORIES.count} memories of ${MEMORIES.bytes} bytes, of ${SMALL.archives} archives of ${SMALL.messages} messages of ${SMALL.bytes} bytes, and of ${LARGE.archives} archives of ${LARGE.messages} messages of ${LARGE.bytes} bytes; ratios are of CPU time, to the same requests without ranking`,

  async run({ signal, english, quick }) {
    await using world = await benchWorld(signal);
    const small = { tenant: TENANT, session: 'small' };
    const large = { tenant: TENANT, session: 'large' };
    await putMemories(world, english, { tenant: TENANT, scope: SCOPE }, MEMORIES);
    await putArchives(world, english, small, SMALL);
    await putArchives(world, english, large, LARGE);
    const measured: readonly Found[] = [
      await ofMemories(world, english),
      await ofSession(world, english, small, 'archives'),
      await ofSession(world, english, large, 'large'),
      await ofContext(world, english),
    ];
    return {
      rows: measured.flatMap(({ rows }) => rows),
      // Everything is read and ranked twice for them.
      figures: quick ? [] : await ratios(world, measured),
    };
  },
};

/** What a search took, and how to make it again. */
interface Found {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly find: (reading: Reading) => Promise<unknown>;
}

async function ofMemories(world: BenchWorld, english: English): Promise<Found> {
  const options = { query: queryOf(english), limit: LIMIT, clock: world.clock, signal: world.signal };
  const find = async ({ memories }: Reading) => {
    const { nextAfter } = await searchMemories(memories, { tenant: TENANT, scope: SCOPE }, options);
    if (nextAfter !== undefined) throw new Error('A search of all memories was to be measured.');
  };
  const usage = await world.meter.during(() => find(readingOf(world)));
  return { name: 'memories', rows: [row('search.memories', `${MEMORIES.count} memories`, usage)], find };
}

async function ofSession(world: BenchWorld, english: English, key: SessionKey, name: string): Promise<Found> {
  const query = queryOf(english);
  const find = ({ store }: Reading, before?: number) =>
    searchSession(
      { store, key, patience: { ...world.commit.lease, clock: world.clock } },
      { query, limit: LIMIT, ...(before !== undefined && { before }), signal: world.signal },
    );
  let before: number | undefined;
  const first = await world.meter.during(async () => {
    before = (await find(readingOf(world))).nextBefore;
  });
  const rest = await world.meter.during(async () => {
    while (before !== undefined) before = (await find(readingOf(world), before)).nextBefore;
  });
  return {
    name,
    find,
    rows: [
      row(`search.${name}`, `${name}: the first answer`, first),
      row(`search.${name}.rest`, `${name}: going on to the end`, rest),
    ],
  };
}

/** Of a session that has one message, in the scope of all memories. */
async function ofContext(world: BenchWorld, english: English): Promise<Found> {
  const session = benchSession(world, english, 'chat', SCOPE);
  await session.call('createSession', { body: { scope: SCOPE } });
  await session.append(1, SMALL.bytes);
  const query = { tokenBudget: TOKENS, query: queryOf(english) };
  const usage = await session.call('getContext', { query });
  return {
    name: 'context',
    rows: [row('search.context', `the context, of ${MEMORIES.count} memories`, usage)],
    find: (reading) => benchSession(world, english, 'chat', SCOPE, reading).call('getContext', { query }),
  };
}

const readingOf = ({ store, followUp: { memories } }: BenchWorld): Reading => ({ store, memories });

/** A question of eight words. */
const queryOf = (english: English) => english(40);

async function ratios(world: BenchWorld, searches: readonly Found[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const one of searches) figures.push(await ratio(world, one));
  return figures;
}

/** The CPU time of a search, to that of its requests alone. */
async function ratio(world: BenchWorld, { name, find }: Found): Promise<Figure> {
  const calls: (() => unknown)[] = [];
  const noting = <Port extends object>(port: Port) =>
    wrapPort(port, (go) => {
      calls.push(go);
      return go();
    });
  const { store, memories } = readingOf(world);
  const searched = await microseconds(() => find({ store: noting(store), memories: noting(memories) }));
  const read = await microseconds(async () => {
    for (const call of calls) await call();
  });
  return {
    id: `search.${name}.ratio`,
    label: `CPU time of a search (${name}), to its requests alone`,
    value: searched / read,
    unit: 'ratio',
  };
}

async function microseconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
