/** `{0}`, or `{0, value, time to live in ms}` when somebody holds the lease. */
const REFUSED = `
if not held then return {0} end
return {0, held, redis.call('PTTL', KEYS[1])}`;

/**
 * The requests to Redis, each an atomic script, so that each is one round trip and judged by the server's clock.
 *
 * `KEYS[1]` is the lease, `ARGV[1]` the value that stands for owner and token, `ARGV[2]` the TTL in ms. A script
 * answers `{1}` when it did what it was asked for.
 */
export const upstashScripts = {
  acquire: `
local held = redis.call('GET', KEYS[1])
if not held or held == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return {1}
end${REFUSED}`,

  renew: `
local held = redis.call('GET', KEYS[1])
if held == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {1}
end${REFUSED}`,

  release: `
local held = redis.call('GET', KEYS[1])
if held == ARGV[1] then
  redis.call('DEL', KEYS[1])
  return {1}
end${REFUSED}`,
} as const;
