import { z } from 'zod';
import type { Clock } from '../clock/index.ts';
import { LeaseStoreUnavailableError } from './errors.ts';
import type { LeaseClaim, LeaseHolder, LeaseStore } from './lease-store.ts';
import { upstashClient } from './upstash-client.ts';
import { upstashScripts } from './upstash-scripts.ts';

const REQUEST_TIMEOUT_MS = 2_000;

const answerSchema = z.union([
  z.tuple([z.literal(1)]),
  z.tuple([z.literal(0)]),
  z.tuple([z.literal(0), z.string(), z.int()]),
]);
const valueSchema = z.tuple([z.string(), z.string()]);

interface UpstashLeaseStoreOptions {
  /** The database's REST URL. */
  readonly url: string;
  /** Reads the database's REST token: once, when the first request needs it; again only after it failed. */
  readonly readToken: () => Promise<string>;
  /** The deployment whose leases these are: several may share a database. */
  readonly stage: string;
  readonly clock: Clock;
  /** How long one request may take. Default 2 000. */
  readonly requestTimeoutMs?: number;
}

/**
 * Leases as keys of an Upstash Redis database, `commitlane:<stage>:lease:<resource>`.
 *
 * Expiry is judged by the server's clock. Times are told in the worker's: what is left of the lease, from now on. An
 * expired key is gone, so nobody can tell whose it was: `previous` is always absent. A database that fails over may
 * forget a lease; what that costs is time, since the fence in DynamoDB refuses the writes of all but one.
 *
 * Its methods throw LeaseStoreUnavailableError.
 */
export function upstashLeaseStore(options: UpstashLeaseStoreOptions): LeaseStore {
  const { url, stage, clock, readToken, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const client = upstashClient({ url, readToken, requestTimeoutMs });

  async function run(
    script: keyof typeof upstashScripts,
    { resource, owner, token }: Omit<LeaseClaim, 'ttlMs'>,
    ...more: readonly string[]
  ): Promise<{ isDone: boolean; holder?: LeaseHolder }> {
    const key = `commitlane:${stage}:lease:${resource}`;
    const value = JSON.stringify([owner, token]);
    const answer = await client.evaluate(upstashScripts[script], key, [value, ...more]);
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw strange(key, `its answer was ${JSON.stringify(answer)}`);
    if (parsed.data.length === 1) return { isDone: parsed.data[0] === 1 };
    const [, held, ttlMs] = parsed.data;
    return { isDone: false, holder: toHolder(key, held, ttlMs) };
  }

  function toHolder(key: string, held: string, ttlMs: number): LeaseHolder {
    const value = parseValue(held);
    // Redis says -1 for a key that never expires: every lease does.
    if (!value || ttlMs === -1) throw strange(key, 'it holds something that is not a lease; delete it');
    return { owner: value[0], expiresAtMs: clock.now() + Math.max(0, ttlMs) };
  }

  const strange = (key: string, what: string) =>
    new LeaseStoreUnavailableError(url, `the key ${key} is not as expected: ${what}`);

  return {
    async acquire(claim) {
      const sentAtMs = clock.now();
      const { isDone, holder } = await run('acquire', claim, String(claim.ttlMs));
      if (isDone) return { acquired: true, expiresAtMs: sentAtMs + claim.ttlMs };
      if (!holder) throw new LeaseStoreUnavailableError(url, 'it refused a lease that nobody holds');
      return { acquired: false, holder };
    },

    async renew(claim) {
      const sentAtMs = clock.now();
      const { isDone, holder } = await run('renew', claim, String(claim.ttlMs));
      if (isDone) return { renewed: true, expiresAtMs: sentAtMs + claim.ttlMs };
      return { renewed: false, ...(holder && { successor: holder }) };
    },

    async release(claim) {
      const { isDone } = await run('release', claim);
      return isDone;
    },
  };
}

function parseValue(text: string): [string, string] | undefined {
  try {
    return valueSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
