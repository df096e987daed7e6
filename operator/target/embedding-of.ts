import type { SSMClient } from '@aws-sdk/client-ssm';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../lib/clock/index.ts';
import { type Embedding, embedderFrom, withRedactedTexts } from '../../lib/embedding/index.ts';
import { dynamodbVectorStore } from '../../lib/store/index.ts';
import type { Outputs } from './outputs.ts';

/**
 * What the stack finds by meaning with, used with the operator's credentials in place of a function's; undefined where it finds by
 * words alone.
 */
export function embeddingOf(
  outputs: Outputs,
  {
    ssm,
    clock,
    table,
  }: {
    readonly ssm: SSMClient;
    readonly clock: Clock;
    readonly table: { readonly client: DynamoDBDocumentClient; readonly tableName: string };
  },
): Embedding | undefined {
  const { EmbeddingModel, EmbeddingUrl, EmbeddingKeyParameter, EmbeddingDimensions, Redact } = outputs;
  if (EmbeddingModel === undefined) return undefined;
  const readKey = async (parameter: string) => {
    // Only when it is needed: what functions are made of takes longer to load than everything else together.
    const { readSecret } = await import('../../lib/lambda/index.ts');
    return readSecret(ssm, clock, parameter);
  };
  const embedder = embedderFrom(
    { model: EmbeddingModel, baseUrl: EmbeddingUrl, dimensions: EmbeddingDimensions },
    {
      clock,
      readKey: EmbeddingKeyParameter === undefined ? undefined : () => readKey(EmbeddingKeyParameter),
    },
  );
  return { embedder: withRedactedTexts(embedder, Redact), vectors: dynamodbVectorStore(table) };
}
