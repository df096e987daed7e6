import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { RedisRest } from '../emulators/redis-rest/index.ts';
import type { StackSettings } from './stack-options.ts';

const UPSTASH_TOKEN = '/commitlane/local-secrets/upstash-token';
const MODEL_KEY = '/commitlane/local-secrets/model-key';
const EMBEDDING_KEY = '/commitlane/local-secrets/embedding-key';

/** What a stack has of this machine, where a deployment has it of other providers. */
export interface MachineParts {
  /** Where leases are; in the table unless given. */
  readonly redis: RedisRest | undefined;
  /** The offline model unless given. */
  readonly model: StackSettings['model'];
  /** Found by words alone unless given. */
  readonly embedding: StackSettings['embedding'];
}

/** The settings of a deployment that has these, as CDK context; their secrets are in parameters. */
export function contextOf({ redis, model, embedding }: MachineParts): Record<string, string> {
  return {
    ...(redis && {
      'commitlane:leaseStore': 'upstash',
      'commitlane:upstashUrl': redis.url,
      'commitlane:upstashTokenParameter': UPSTASH_TOKEN,
    }),
    ...(model && { 'commitlane:model': model.name, 'commitlane:modelUrl': model.url }),
    ...(model?.key !== undefined && { 'commitlane:modelKeyParameter': MODEL_KEY }),
    ...(embedding && {
      'commitlane:embeddingModel': embedding.name,
      'commitlane:embeddingUrl': embedding.url,
      'commitlane:embeddingDimensions': String(embedding.dimensions),
    }),
    ...(embedding?.key !== undefined && { 'commitlane:embeddingKeyParameter': EMBEDDING_KEY }),
  };
}

/** Gives their secrets to the functions as an operator would, in those parameters. */
export async function putSecrets({ redis, model, embedding }: MachineParts, ssm: SSMClient): Promise<void> {
  for (const [Name, Value] of [
    [UPSTASH_TOKEN, redis?.token],
    [MODEL_KEY, model?.key],
    [EMBEDDING_KEY, embedding?.key],
  ]) {
    if (Value === undefined) continue;
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));
  }
}
