import { expect } from 'vitest';
import type { Clock } from '../../lib/clock/index.ts';
import {
  dynamodbLeaseStore,
  inProcessLeaseStore,
  type LeaseStore,
  upstashLeaseStore,
} from '../../lib/lease/index.ts';
import { startEmbeddedRedis } from '../../local/emulators/redis-rest/embedded-backend.ts';
import { findOnPath } from '../../local/emulators/redis-rest/find-on-path.ts';
import type { RedisBackend } from '../../local/emulators/redis-rest/redis-backend.ts';
import { startRedisServer } from '../../local/emulators/redis-rest/redis-server-backend.ts';
import { startRestServer } from '../../local/emulators/redis-rest/rest-server.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { testTable } from '../support/test-table.ts';

/** Where a lease store keeps its leases, and what a test must know of the time that goes by there. */
export interface World extends AsyncDisposable {
  makeStore(clock: Clock): LeaseStore;
  /** Short enough to be waited for. */
  readonly briefTtlMs: number;
  /** Waits until a lease of that TTL has expired, which was taken just now. */
  untilExpired(resource: string, ttlMs: number, clock: FakeClock): Promise<void>;
  /** Whose time expiry is judged by. */
  readonly judge: 'worker' | 'server';
}

const TTL_MS = 30_000;

const byWorkersClock = {
  briefTtlMs: TTL_MS,
  untilExpired: (_resource: string, ttlMs: number, clock: FakeClock) => clock.advance(ttlMs),
  judge: 'worker',
} as const;

export async function inProcess(): Promise<World> {
  return {
    ...byWorkersClock,
    makeStore: (clock) => inProcessLeaseStore({ clock }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

export async function onDynamodb(): Promise<World> {
  const table = await testTable();
  return {
    ...byWorkersClock,
    makeStore: (clock) => dynamodbLeaseStore({ ...table, clock }),
    [Symbol.asyncDispose]: () => table[Symbol.asyncDispose](),
  };
}

export const onEmbeddedRedis = async (): Promise<World> => onRedis(await startEmbeddedRedis());

export async function onRedisServer(): Promise<World> {
  const program = await redisServer();
  if (program === undefined) throw new Error('There is no redis-server on the PATH: install it.');
  return onRedis(await startRedisServer(program));
}

/** Where redis-server is, if this machine has one. */
export async function redisServer(): Promise<string | undefined> {
  return findOnPath('redis-server', process.env['PATH'] ?? '');
}

async function onRedis(backend: RedisBackend): Promise<World> {
  await using resources = new AsyncDisposableStack();
  resources.use(backend);
  const { url } = resources.use(await startRestServer(backend, 'a-token'));
  const running = resources.move();
  return {
    judge: 'server',
    briefTtlMs: 60,
    makeStore: (clock) =>
      upstashLeaseStore({
        url,
        readToken: async () => 'a-token',
        stage: 'test',
        clock,
        requestTimeoutMs: safetyTimeouts.conditionMs,
      }),
    async untilExpired(resource) {
      await expect
        .poll(() => backend.call(['GET', `commitlane:test:lease:${resource}`]), { interval: 5 })
        .toBeNull();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
