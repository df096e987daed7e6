import { LuaFactory } from 'wasmoon';
import { RedisCommandError } from './redis-backend.ts';
import type { RedisReply } from './redis-reply.ts';

/** Redis lets a script run for 5 s before it may be killed. */
const TIMEOUT_MS = 5_000;

export interface LuaScripts extends Disposable {
  /** Carries out EVAL's arguments: script, number of keys, keys, further arguments. */
  evaluate(args: readonly string[]): RedisReply;
}

/**
 * Lua scripts as Redis runs them, with `KEYS`, `ARGV` and `redis.call`, and with its rules for what becomes of
 * values on the way in and out.
 *
 * It is Lua 5.4, where Redis has 5.1: what scripts that keep to strings, integers and tables of them cannot tell.
 *
 * @param call executes a command of a script; what it throws ends the script, as with `redis.call`.
 */
export async function luaScripts(call: (command: readonly string[]) => RedisReply): Promise<LuaScripts> {
  const lua = await new LuaFactory().createEngine({ injectObjects: false, enableProxy: false });
  const { global } = lua;
  global.set('redis', {
    call(...args: unknown[]) {
      const command = args.map(String);
      const reply = call(command);
      return isStatus(command, reply) ? { ok: reply } : toLua(reply);
    },
  });

  return {
    evaluate([script, count, ...rest]) {
      const keyCount = Number(count);
      if (script === undefined || count === undefined) {
        throw new RedisCommandError("ERR wrong number of arguments for 'eval' command");
      }
      if (!Number.isInteger(keyCount) || keyCount < 0 || keyCount > rest.length) {
        throw new RedisCommandError("ERR Number of keys can't be greater than number of args");
      }
      global.set('KEYS', rest.slice(0, keyCount));
      global.set('ARGV', rest.slice(keyCount));
      global.setTimeout(Date.now() + TIMEOUT_MS);
      try {
        return toReply(lua.doStringSync(script));
      } catch (error) {
        if (error instanceof RedisCommandError) throw error;
        throw new RedisCommandError(`ERR ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    },
    [Symbol.dispose]: () => global.close(),
  };
}

/** In Lua a status is a table, unlike a stored text that reads the same. */
function isStatus([name = '']: readonly string[], reply: RedisReply): boolean {
  return typeof reply === 'string' && ['SET', 'PING'].includes(name.toUpperCase());
}

/** A null reply is Lua's `false`. */
function toLua(reply: RedisReply): unknown {
  if (reply === null) return false;
  return Array.isArray(reply) ? reply.map(toLua) : reply;
}

/** Numbers lose their fraction, `true` is 1, `false` is null, and a table ends at its first nil. */
function toReply(value: unknown): RedisReply {
  if (value === undefined || value === null || value === false) return null;
  if (value === true) return 1;
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toReply);
  const { ok, err, ...members } = value as Readonly<Record<string, unknown>>;
  if (typeof err === 'string') throw new RedisCommandError(err);
  return typeof ok === 'string' ? ok : upToFirstNil(members);
}

/** A table with a nil in it arrives as an object. */
function upToFirstNil(members: Readonly<Record<string, unknown>>): RedisReply {
  const replies: RedisReply[] = [];
  for (let index = 1; Object.hasOwn(members, index); index += 1) replies.push(toReply(members[index]));
  return replies;
}
