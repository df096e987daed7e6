import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CommitlaneClient } from '../../lib/client/index.ts';
import { type AdapterWorld, adapterWorld, type Plan } from './adapter-world.ts';

/** A session as an adapter shows it to its framework, whose messages are `Item`s. */
export interface AdapterSession<Item> {
  append(items: readonly Item[]): Promise<void>;
  /** All of it, in order. */
  read(): Promise<readonly Item[]>;
}

/** What every adapter that keeps a history is asked to be. */
export interface HistoryAdapter<Item> {
  /** Opens a session in a process that has just started: nothing is shared with another one. */
  open(client: CommitlaneClient, sessionId: string): AdapterSession<Item>;
  /** What somebody says, in the framework's form, with an id of its own where that form has ids. */
  said(role: 'user' | 'assistant', text: string, id: string): Item;
  /** A turn with a call of a tool and its result, in the framework's form. */
  readonly toolTurn: readonly Item[];
  /** What is compared of an item: all but what the framework or the adapter may add, such as an id. */
  shown(item: Item): unknown;
  /** Whether items have ids, so that an append is known again that the caller repeats after an error. */
  readonly knowsRepeats: boolean;
}

/** One demand on an adapter. */
export interface HistoryCheck {
  readonly sentence: string;
  /** @throws when the adapter does not meet it. */
  run(): Promise<void>;
}

const SESSION = 'moving-house';
const MAX_REQUESTS = 60;

/** Tells vitest to check an adapter. All adapters are asked the same. */
export function describeHistoryContract<Item>(name: string, adapter: HistoryAdapter<Item>): void {
  describe(`${name}, as every adapter,`, () => {
    for (const { sentence, run } of historyChecks(adapter)) it(sentence, run);
  });
}

export function historyChecks<Item>(adapter: HistoryAdapter<Item>): readonly HistoryCheck[] {
  const { said, toolTurn } = adapter;
  const items = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const id = `${prefix}-${index + 1}`;
      return said(index % 2 === 0 ? 'user' : 'assistant', `${id} says something`, id);
    });
  const shown = (all: readonly Item[]) => all.map((item) => adapter.shown(item));
  const open = (world: AdapterWorld, plan: Plan = {}) => {
    const started = world.process(plan);
    return { started, session: adapter.open(started.client, SESSION) };
  };
  const stored = async (world: AdapterWorld) => shown(await open(world).session.read());

  /** A session with two archives and live messages. */
  async function grown() {
    const world = await adapterWorld();
    const all = items('old', 9);
    const { session } = open(world);
    await session.append(all.slice(0, 3));
    await world.commit(SESSION);
    await session.append(all.slice(3, 6));
    await world.commit(SESSION);
    for (const item of all.slice(6)) await session.append([item]);
    return { world, all };
  }

  const checks: HistoryCheck[] = [
    {
      sentence: 'has nothing to tell of a session that is new',
      async run() {
        const world = await adapterWorld();
        const { client } = world.process();
        expect(await adapter.open(client, 'another').read()).toEqual([]);
      },
    },
    {
      sentence: 'gives a session that is opened again as it was left, archived and live',
      async run() {
        const { world, all } = await grown();
        expect(await stored(world)).toEqual(shown(all));
        const more = items('new', 3);
        await open(world).session.append(more);
        expect(await stored(world)).toEqual(shown([...all, ...more]));
        await world.commit(SESSION);
        expect(await stored(world)).toEqual(shown([...all, ...more]));
      },
    },
    {
      sentence: 'keeps words of every script, and signs that JSON escapes',
      async run() {
        const texts = [
          '日本語 👩‍👩‍👧‍👦 e\u0301',
          'שלום "quoted" \\ back',
          ' \n\ttabs\u2028 ',
          '<b>&amp;</b>',
          '\u0000\u001f',
        ];
        const all = texts.map((text, index) => said('user', text, `t-${index}`));
        const world = await adapterWorld();
        await open(world).session.append(all);
        expect(await stored(world)).toEqual(shown(all));
        await world.commit(SESSION);
        expect(await stored(world)).toEqual(shown(all));
      },
    },
    {
      sentence: 'gives a turn with a call of a tool and its result as it was',
      async run() {
        const world = await adapterWorld();
        const all = [said('user', 'How warm is it?', 'ask'), ...toolTurn, said('assistant', 'Bye.', 'bye')];
        await open(world).session.append(all);
        expect(await stored(world)).toEqual(shown(all));
        await world.commit(SESSION);
        expect(await stored(world)).toEqual(shown(all));
      },
    },
    {
      sentence: 'appends more than one append takes, in order',
      async run() {
        const world = await adapterWorld();
        const all = items('many', 230);
        await open(world).session.append(all);
        expect(await stored(world)).toEqual(shown(all));
      },
    },
    {
      sentence: 'stores each message once, whichever answer is lost',
      run: () =>
        atEveryRequest(async (at) => {
          const world = await adapterWorld();
          const { session, started } = open(world, { loses: (request) => request === at });
          const all = items('m', 5);
          await session.append(all.slice(0, 1));
          await session.append(all.slice(1, 4));
          await session.append(all.slice(4));
          const { requests } = started;
          expect(await stored(world)).toEqual(shown(all));
          return requests;
        }),
    },
    {
      sentence: 'reads all, whichever answer is lost',
      run: () =>
        atEveryRequest(async (at) => {
          const { world, all } = await grown();
          const { session, started } = open(world, { loses: (request) => request === at });
          expect(shown(await session.read())).toEqual(shown(all));
          return started.requests;
        }),
    },
    {
      sentence: 'keeps the messages of two processes that append at once, each once and in its order',
      run: () =>
        atEveryRequest(async (at) => {
          const world = await adapterWorld();
          const [mine, others] = [items('mine', 4), items('other', 3)];
          const other = open(world).session;
          const { session, started } = open(world, {
            async before(request) {
              if (request === at) await appendIn(other, others, [1, 3]);
            },
          });
          await appendIn(session, mine, [3, 4]);
          if (started.requests < at) return started.requests;
          const all = await stored(world);
          expect(all).toHaveLength(mine.length + others.length);
          expect(all.filter((item) => isAmong(item, shown(mine)))).toEqual(shown(mine));
          expect(all.filter((item) => isAmong(item, shown(others)))).toEqual(shown(others));
          return started.requests;
        }),
    },
    {
      sentence: 'stores each message once while a commit runs before any request',
      run: () =>
        atEveryRequest(async (at) => {
          const { world, all } = await grown();
          const { session, started } = open(world, {
            async before(request) {
              if (request === at) await world.commit(SESSION);
            },
          });
          const more = items('m', 4);
          await appendIn(session, more, [1, 4]);
          expect(await stored(world)).toEqual(shown([...all, ...more]));
          return started.requests;
        }),
    },
    {
      sentence: 'reads each message once while a commit runs between any two requests',
      run: () =>
        atEveryRequest(async (at) => {
          const { world, all } = await grown();
          const { session, started } = open(world, {
            async before(request) {
              if (request === at) await world.commit(SESSION);
            },
          });
          expect(shown(await session.read())).toEqual(shown(all));
          return started.requests;
        }),
    },
    {
      sentence:
        'reads what was there, and then what came, while others append and commit between any two requests',
      run: () =>
        atEveryRequest(async (at) => {
          const { world, all } = await grown();
          const later = items('later', 4);
          const other = open(world).session;
          const { session, started } = open(world, {
            async before(request) {
              const index = request - at;
              const item = later[index];
              if (!item) return;
              await other.append([item]);
              if (index % 2 === 1) await world.commit(SESSION);
            },
          });
          const read = shown(await session.read());
          const whole = shown([...all, ...later]);
          expect(read.length).toBeGreaterThanOrEqual(all.length);
          expect(read).toEqual(whole.slice(0, read.length));
          return started.requests;
        }),
    },
    {
      sentence:
        'reads each message once while a worker dies between any two requests, and the next takes over',
      run: () =>
        atEveryRequest(async (at) => {
          const { world, all } = await grown();
          let finish: (() => Promise<void>) | undefined;
          const { session, started } = open(world, {
            async before(request) {
              if (request === at) finish = await world.dyingCommit(SESSION);
              if (request === at + 2) await finish?.();
            },
          });
          expect(shown(await session.read())).toEqual(shown(all));
          return started.requests;
        }),
    },
  ];
  if (adapter.knowsRepeats) {
    checks.push({
      sentence: 'stores each message once, whichever call is repeated after an error',
      run: () =>
        atEveryRequest(async (at) => {
          const world = await adapterWorld();
          const { session, started } = open(world, { loses: (request) => request === at, maxRetries: 0 });
          const all = items('m', 5);
          await againIfFailed(() => session.append(all.slice(0, 1)));
          await againIfFailed(() => session.append(all.slice(1)));
          const { requests } = started;
          expect(await stored(world)).toEqual(shown(all));
          return requests;
        }),
    });
  }
  return checks;
}

/** Runs something again and again: with a fault at its first request, at its second, and so on to its last. */
async function atEveryRequest(run: (at: number) => Promise<number>): Promise<void> {
  let requests = 1;
  for (let at = 1; at <= requests; at += 1) {
    requests = await run(at);
    if (requests > MAX_REQUESTS) throw new Error(`it made ${requests} requests with a fault at the ${at}th`);
  }
}

async function appendIn<Item>(
  session: AdapterSession<Item>,
  items: readonly Item[],
  ends: readonly number[],
) {
  let from = 0;
  for (const end of ends) {
    await session.append(items.slice(from, end));
    from = end;
  }
}

async function againIfFailed(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch {
    await call();
  }
}

function isAmong(item: unknown, items: readonly unknown[]): boolean {
  return items.some((one) => isDeepStrictEqual(one, item));
}
