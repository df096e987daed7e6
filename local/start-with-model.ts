import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LocalStack, LocalStackOptions } from './start-local-stack.ts';
import { startWithLeaseStore } from './start-with-lease-store.ts';

const KEY_PARAMETER = '/commitlane/local-secrets/model-key';

interface Choices {
  readonly leaseStore: 'dynamodb' | 'upstash';
  /** The offline model unless given. */
  readonly model?: { readonly name: string; readonly url: string; readonly key?: string };
}

/**
 * Starts the stack as it is deployed with that model and lease store. The model's key is given to the functions as an
 * operator would, in a parameter.
 *
 * @throws as startLocalStack does; nothing is left running then.
 */
export async function startWithModel({
  leaseStore,
  model,
  ...options
}: LocalStackOptions & Choices): Promise<LocalStack> {
  if (!model) return startWithLeaseStore(leaseStore, options);
  const { name, url, key } = model;
  const context = {
    ...options.context,
    'commitlane:model': name,
    'commitlane:modelUrl': url,
    ...(key !== undefined && { 'commitlane:modelKeyParameter': KEY_PARAMETER }),
  };
  await using resources = new AsyncDisposableStack();
  const stack = resources.use(await startWithLeaseStore(leaseStore, { ...options, context }));
  if (key !== undefined) {
    await stack.ssm.send(
      new PutParameterCommand({ Name: KEY_PARAMETER, Value: key, Type: 'SecureString', Overwrite: true }),
      options.signal ? { abortSignal: options.signal } : {},
    );
  }
  const running = resources.move();
  return { ...stack, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
