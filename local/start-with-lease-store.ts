import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { startRedisRest } from './emulators/redis-rest/index.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from './start-local-stack.ts';

const TOKEN_PARAMETER = '/commitlane/local-secrets/upstash-token';

/**
 * Starts the stack as it is deployed with that lease store. For `upstash`, Redis behind Upstash's protocol is started
 * for it; its token is given to the functions as an operator would, in a parameter.
 *
 * @throws as startLocalStack does; nothing is left running then.
 */
export async function startWithLeaseStore(
  leaseStore: 'dynamodb' | 'upstash',
  options: LocalStackOptions,
): Promise<LocalStack> {
  if (leaseStore === 'dynamodb') return startLocalStack(options);
  const { signal, environment = process.env, onStepBegin, onStepEnd } = options;
  await using resources = new AsyncDisposableStack();

  signal?.throwIfAborted();
  const startedAtMs = Date.now();
  onStepBegin?.('Redis');
  const redis = resources.use(await startRedisRest(environment['PATH'] ?? ''));
  onStepEnd?.(`Redis (${redis.backendLabel})`, Date.now() - startedAtMs);

  const context = {
    ...options.context,
    'commitlane:leaseStore': leaseStore,
    'commitlane:upstashUrl': redis.url,
    'commitlane:upstashTokenParameter': TOKEN_PARAMETER,
  };
  const stack = resources.use(await startLocalStack({ ...options, context }));
  await stack.ssm.send(
    new PutParameterCommand({
      Name: TOKEN_PARAMETER,
      Value: redis.token,
      Type: 'SecureString',
      Overwrite: true,
    }),
    signal ? { abortSignal: signal } : {},
  );
  const running = resources.move();
  return { ...stack, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
