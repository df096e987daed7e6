import { randomBytes } from 'node:crypto';
import { startEmbeddedRedis } from './embedded-backend.ts';
import { findOnPath } from './find-on-path.ts';
import type { RedisBackend } from './redis-backend.ts';
import { startRedisServer } from './redis-server-backend.ts';
import { startRestServer } from './rest-server.ts';

export interface RedisRest extends AsyncDisposable {
  readonly url: string;
  /** What every request must carry; another one at each start. */
  readonly token: string;
  /** What executes the commands, for people. */
  readonly backendLabel: string;
}

/**
 * Starts what Upstash offers, on 127.0.0.1: Redis behind a REST protocol. It is a `redis-server` of our own where
 * `searchPath` (as in `$PATH`) has one, else the embedded part of Redis that leases need. Nothing outlives it.
 */
export async function startRedisRest(searchPath: string): Promise<RedisRest> {
  await using resources = new AsyncDisposableStack();
  const backend = resources.use(await startBackend(searchPath));
  const token = randomBytes(32).toString('base64url');
  const { url } = resources.use(await startRestServer(backend, token));
  const running = resources.move();
  return {
    url,
    token,
    backendLabel: backend.label,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function startBackend(searchPath: string): Promise<RedisBackend> {
  const program = await findOnPath('redis-server', searchPath);
  return program === undefined ? startEmbeddedRedis() : startRedisServer(program);
}
