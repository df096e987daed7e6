import { RedisCommandError } from './redis-backend.ts';
import type { RedisReply } from './redis-reply.ts';

interface StoredValue {
  readonly value: string;
  /** Absent: never. */
  readonly expiresAtMs?: number;
}

type Command = (args: readonly string[]) => RedisReply;

/**
 * String keys with expiry, and the commands on them that leases need: PING, GET, SET (NX, XX, EX, PX), DEL, PTTL and
 * PEXPIRE, as Redis carries them out.
 *
 * @param now milliseconds, never going back: what expires keys.
 */
export function embeddedKeys(now: () => number): Readonly<Record<string, Command>> {
  const keys = new Map<string, StoredValue>();

  function find(key: string): StoredValue | undefined {
    const found = keys.get(key);
    if (found?.expiresAtMs === undefined || found.expiresAtMs > now()) return found;
    keys.delete(key);
    return undefined;
  }

  return {
    PING: ([message = 'PONG']) => message,

    GET: (args) => {
      const [key] = exactly('get', 1, args);
      return find(key ?? '')?.value ?? null;
    },

    SET: ([key, value, ...options]) => {
      if (key === undefined || value === undefined) throw wrongArity('set');
      const { ttlMs, onlyIf } = setOptions(options);
      const exists = find(key) !== undefined;
      if ((onlyIf === 'absent' && exists) || (onlyIf === 'present' && !exists)) return null;
      keys.set(key, { value, ...(ttlMs !== undefined && { expiresAtMs: now() + ttlMs }) });
      return 'OK';
    },

    DEL: (args) => {
      if (args.length === 0) throw wrongArity('del');
      return args.filter((key) => find(key) !== undefined && keys.delete(key)).length;
    },

    PTTL: (args) => {
      const [key] = exactly('pttl', 1, args);
      const found = find(key ?? '');
      if (!found) return -2;
      return found.expiresAtMs === undefined ? -1 : Math.ceil(found.expiresAtMs - now());
    },

    PEXPIRE: (args) => {
      const [key = '', ttl] = exactly('pexpire', 2, args);
      const ttlMs = integer(ttl);
      const found = find(key);
      if (!found) return 0;
      keys.set(key, { value: found.value, expiresAtMs: now() + ttlMs });
      return 1;
    },
  };
}

function setOptions(options: readonly string[]): { ttlMs?: number; onlyIf?: 'absent' | 'present' } {
  const [name, ...rest] = options;
  if (name === undefined) return {};
  switch (name.toUpperCase()) {
    case 'NX':
      return { ...setOptions(rest), onlyIf: 'absent' };
    case 'XX':
      return { ...setOptions(rest), onlyIf: 'present' };
    case 'PX':
      return { ...setOptions(rest.slice(1)), ttlMs: expiry(rest[0]) };
    case 'EX':
      return { ...setOptions(rest.slice(1)), ttlMs: expiry(rest[0]) * 1000 };
    default:
      throw new RedisCommandError('ERR syntax error');
  }
}

function expiry(text: string | undefined): number {
  if (text === undefined) throw new RedisCommandError('ERR syntax error');
  const value = integer(text);
  if (value <= 0) throw new RedisCommandError("ERR invalid expire time in 'set' command");
  return value;
}

function integer(text: string | undefined): number {
  const value = /^-?\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new RedisCommandError('ERR value is not an integer or out of range');
}

function exactly(command: string, count: number, args: readonly string[]): readonly string[] {
  if (args.length !== count) throw wrongArity(command);
  return args;
}

function wrongArity(command: string): RedisCommandError {
  return new RedisCommandError(`ERR wrong number of arguments for '${command}' command`);
}
