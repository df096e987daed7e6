import { expect, it } from 'vitest';
import type { EnvironmentOf, FunctionEnvironments } from '../../cdk/function-environments.ts';

/** As `bundledFunction` takes an environment; what it must refuse is checked with the types, by `npm run check`. */
function environmentOf<
  Folder extends keyof FunctionEnvironments,
  Given extends Readonly<Record<string, string>>,
>(_folder: Folder, environment: EnvironmentOf<Folder, Given>): Given {
  return environment;
}

const all = { STAGE: 'dev', TABLE_NAME: 'sessions', COMMIT_QUEUE_URL: 'https://sqs.example/q' };

/** What a deployment has fixed. */
const deployment = {
  LIMITS_AT_DEPLOYMENT: '{}',
  MAX_RECEIVE_COUNT: '5',
  COMMIT_FUNCTION_TIMEOUT_MS: '600000',
  FOLLOW_UP_FUNCTION_TIMEOUT_MS: '900000',
};

it('an environment is what its function reads', () => {
  const { COMMIT_QUEUE_URL: _url, ...tooLittle } = all;
  const tooMuch = { ...all, LIMITS_PATH: '/commitlane/dev' };
  const given = [
    environmentOf('auto-commit', all),
    // @ts-expect-error: the function would not start without the queue's address.
    environmentOf('auto-commit', tooLittle),
    // @ts-expect-error: the function reads no limits, also where they come with a spread.
    environmentOf('auto-commit', { ...tooMuch }),
    // @ts-expect-error: variables are text.
    environmentOf('auto-commit', { ...all, STAGE: 1 }),
    // @ts-expect-error: a default is no reason to leave out where leases are kept.
    environmentOf('commit', { ...tooMuch, COMMIT_DLQ_URL: '', FOLLOW_UP_QUEUE_URL: '', ...deployment }),
  ];
  expect(given).toHaveLength(5);
});

it('an environment may hold what is optional', () => {
  const commit = { ...all, LIMITS_PATH: '/commitlane/dev', COMMIT_DLQ_URL: '', FOLLOW_UP_QUEUE_URL: '' };
  const given = environmentOf('commit', {
    ...commit,
    ...deployment,
    LEASE_STORE: 'upstash',
    UPSTASH_REDIS_REST_URL: 'https://lane-1.upstash.io',
    UPSTASH_TOKEN_PARAMETER: '/chat/token',
  });
  expect(given.LEASE_STORE).toBe('upstash');
});
