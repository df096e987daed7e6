import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { leaseStoreEnvironment, leaseStoreFrom } from '../../lib/lambda/lease-store-from.ts';
import { readEnvironment } from '../../lib/lambda/read-environment.ts';
import { readSecret } from '../../lib/lambda/read-secret.ts';
import { localAws } from '../../local/aws/index.ts';
import { startParameterEmulator } from '../../local/emulators/index.ts';
import { type RedisRest, startRedisRest } from '../../local/emulators/redis-rest/start-redis-rest.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';
import { fakeClock } from '../support/fake-clock.ts';
import type { TestTable } from '../support/table-at.ts';

const claim = { resource: 'r', owner: 'ann', token: 't', ttlMs: 30_000 };
const clock = fakeClock();
const schema = z.object({ ...leaseStoreEnvironment, STAGE: z.string(), TABLE_NAME: z.string() });

const resources = new AsyncDisposableStack();
let ssm: SSMClient;
let redis: RedisRest;
let table: TestTable;
beforeAll(async () => {
  const parameters = resources.use(await startParameterEmulator({}));
  ssm = new SSMClient({ ...localAws, endpoint: parameters.endpoint, maxAttempts: 1 });
  redis = resources.use(await startRedisRest(''));
  table = resources.use(await dynaliteTable());
});
afterAll(() => resources.disposeAsync());

function make(variables: Readonly<Record<string, string>>) {
  const environment = readEnvironment(schema, { STAGE: 'dev', TABLE_NAME: table.tableName, ...variables });
  return leaseStoreFrom(environment, { dynamodb: table.client, ssm, clock });
}

const put = (Name: string, Value: string) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));

describe('the lease store of a function', () => {
  test('is the table unless the environment says otherwise', async () => {
    expect(await make({}).acquire(claim)).toMatchObject({ acquired: true });
    const other = make({ LEASE_STORE: 'dynamodb' });
    expect(await other.acquire({ ...claim, owner: 'bob' })).toMatchObject({ holder: { owner: 'ann' } });
  });

  test('is Upstash with the token that the parameter holds', async () => {
    const variables = {
      LEASE_STORE: 'upstash',
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_TOKEN_PARAMETER: '/secrets/token',
    };
    const store = make(variables);
    await expect(store.acquire(claim)).rejects.toThrow('/secrets/token cannot be read: ParameterNotFound');
    await put('/secrets/token', ` ${redis.token}\n`);
    expect(await store.acquire(claim)).toMatchObject({ acquired: true });
    const answer = await make(variables).acquire({ ...claim, owner: 'bob' });
    expect(answer).toMatchObject({ holder: { owner: 'ann' } });
  });

  test.each([
    [{ LEASE_STORE: 'redis' }, 'LEASE_STORE'],
    [{ LEASE_STORE: 'upstash' }, 'UPSTASH_REDIS_REST_URL'],
    [{ LEASE_STORE: 'upstash' }, 'UPSTASH_TOKEN_PARAMETER'],
    [{ LEASE_STORE: 'upstash', UPSTASH_REDIS_REST_URL: 'nowhere' }, 'UPSTASH_REDIS_REST_URL'],
  ])('is refused by the name of what is missing or wrong: %j, %s', (variables, name) => {
    expect(() => make(variables)).toThrow(`Environment variables are missing or wrong: `);
    expect(() => make(variables)).toThrow(name);
  });
});

describe('a secret', () => {
  test('is waited for no longer than three seconds', async () => {
    const hanging = { send: () => new Promise(() => undefined) } as unknown as SSMClient;
    const time = fakeClock();
    const reading = readSecret(hanging, time, '/secrets/slow').catch((error: unknown) => error);
    const error = await time.runUntil(reading);
    expect(time.now() - clock.now()).toBe(3_000);
    expect(error).toMatchObject({ code: 'secret-unavailable', retry: { retryable: true } });
    expect(String(error)).toContain('/secrets/slow cannot be read: Error: there was no answer in 3000 ms');
  });

  test('that is blank is refused', async () => {
    await put('/secrets/blank', ' ');
    await expect(readSecret(ssm, clock, '/secrets/blank')).rejects.toThrow(
      '/secrets/blank cannot be read: it is',
    );
  });
});
