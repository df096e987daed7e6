import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis, ReplyError } from 'ioredis';
import { untilAborted } from '../../../lib/clock/index.ts';
import { type RedisBackend, RedisCommandError } from './redis-backend.ts';
import type { RedisReply } from './redis-reply.ts';

/** Both only end what hangs: the machine may be busy. */
const START_TIMEOUT_MS = 60_000;
const COMMAND_TIMEOUT_MS = 30_000;
const RECONNECT_MS = 20;

/**
 * Runs the server for as long as somebody holds the other end of its input, then removes its folder: neither can
 * outlive this process, however it ends.
 */
const SUPERVISOR = `
folder=$1; shift
"$@" >/dev/null 2>&1 &
cat >/dev/null
kill $!; wait $!
rm -r "$folder"`;

/**
 * Starts a Redis server of our own, which keeps nothing on disk and listens on nothing but a socket in a folder that
 * only we can enter.
 *
 * @param program the server's executable.
 * @throws Error when it cannot be reached in 10 s.
 */
export async function startRedisServer(program: string): Promise<RedisBackend> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'commitlane-redis-'));
  const socket = path.join(folder, 'socket');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  resources.use(supervise(folder, [program, ...options]));
  const redis = await connect(socket, program);
  resources.defer(() => redis.disconnect());

  const running = resources.move();
  return {
    label: 'redis-server',

    call: ([name = '', ...args]) =>
      redis.call(name, ...args).then((reply) => reply as RedisReply, rethrowRefusal),

    async transaction(commands) {
      const transaction = redis.multi();
      for (const [name = '', ...args] of commands) transaction.call(name, ...args);
      const replies = (await transaction.exec().catch(rethrowRefusal)) ?? [];
      return replies.map(([error, reply]) =>
        error ? new RedisCommandError(error.message) : (reply as RedisReply),
      );
    },

    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** In a process group of its own: an interrupt from the terminal reaches us, and we end it when we are done. */
function supervise(folder: string, command: readonly string[]): AsyncDisposable {
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'redis', folder, ...command], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'close');
  return {
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Keeps trying until the server listens. */
async function connect(socket: string, program: string): Promise<Redis> {
  const startedAtMs = Date.now();
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: () => (Date.now() - startedAtMs < START_TIMEOUT_MS ? RECONNECT_MS : null),
    maxRetriesPerRequest: null,
  });
  // Each failure also fails the command that it concerns.
  redis.on('error', () => undefined);
  try {
    const ready = new Promise<void>((resolve) => redis.once('ready', () => resolve()));
    redis.connect().catch(() => 'repeated until the time is up');
    await untilAborted(ready, AbortSignal.timeout(START_TIMEOUT_MS));
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new Error(`${program} did not start in ${START_TIMEOUT_MS} ms.`, { cause: error });
  }
}

function rethrowRefusal(error: unknown): never {
  if (error instanceof ReplyError) throw new RedisCommandError((error as Error).message, { cause: error });
  throw error;
}
