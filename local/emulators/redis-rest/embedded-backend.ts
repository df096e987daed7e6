import { performance } from 'node:perf_hooks';
import { embeddedKeys } from './embedded-keys.ts';
import { luaScripts } from './lua-scripts.ts';
import { type RedisBackend, RedisCommandError } from './redis-backend.ts';
import type { RedisReply } from './redis-reply.ts';

/** The part of Redis that leases need, in this process: for machines that have no Redis. */
export async function startEmbeddedRedis(): Promise<RedisBackend> {
  const keys = embeddedKeys(() => performance.now());
  const scripts = await luaScripts(execute);

  function find(name: string) {
    const command = name.toUpperCase();
    if (command === 'EVAL') return scripts.evaluate;
    if (Object.hasOwn(keys, command)) return keys[command];
    return undefined;
  }

  function execute([name = '', ...args]: readonly string[]): RedisReply {
    const command = find(name);
    if (command) return command(args);
    throw new RedisCommandError(
      `ERR unknown command '${name}' (the embedded Redis has EVAL, ${Object.keys(keys).join(', ')})`,
    );
  }

  function attempt(command: readonly string[]): RedisReply | RedisCommandError {
    try {
      return execute(command);
    } catch (error) {
      if (error instanceof RedisCommandError) return error;
      throw error;
    }
  }

  return {
    label: 'embedded Redis',
    call: async (command) => execute(command),

    async transaction(commands) {
      if (!commands.every(([name = '']) => find(name))) {
        throw new RedisCommandError('EXECABORT Transaction discarded because of previous errors.');
      }
      return commands.map(attempt);
    },

    async [Symbol.asyncDispose]() {
      scripts[Symbol.dispose]();
    },
  };
}
