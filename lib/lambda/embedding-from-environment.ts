import type { SSMClient } from '@aws-sdk/client-ssm';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Clock } from '../clock/index.ts';
import { type Embedding, embedderFrom, withRedactedTexts } from '../embedding/index.ts';
import { pausingEmbedder } from '../meaning/index.ts';
import type { RedactionMode } from '../redaction/index.ts';
import { dynamodbVectorStore } from '../store/index.ts';
import { readSecret } from './read-secret.ts';

/** The environment variables that say which model finds by meaning. */
export const embeddingEnvironment = {
  /** `bedrock:<model id>` or `openai-compatible:<model>`; none where the deployment finds by words alone. */
  EMBEDDING_MODEL: z.string().min(1).optional(),
  EMBEDDING_BASE_URL: z.string().optional(),
  /** The SSM parameter with the key: the key itself is in no environment. */
  EMBEDDING_KEY_PARAMETER: z.string().startsWith('/').optional(),
  EMBEDDING_DIMENSIONS: z.coerce.number<string>().optional(),
};

type EmbeddingEnvironment = z.output<z.ZodObject<typeof embeddingEnvironment>> & {
  readonly REDACT: RedactionMode;
};

interface EmbeddingDependencies {
  readonly ssm: SSMClient;
  readonly clock: Clock;
  readonly table: { readonly client: DynamoDBDocumentClient; readonly tableName: string };
}

/**
 * What the deployment finds by meaning with; undefined where it does not. The AI SDK is loaded by the first call. A model that
 * hangs is left alone for a minute by the whole execution environment.
 *
 * @throws ModelSettingError saying what is wrong or missing.
 */
export function embeddingFromEnvironment(
  environment: EmbeddingEnvironment,
  { ssm, clock, table }: EmbeddingDependencies,
): Embedding | undefined {
  const { EMBEDDING_MODEL: model, EMBEDDING_KEY_PARAMETER: parameter, REDACT } = environment;
  if (model === undefined) return undefined;
  const embedder = embedderFrom(
    { model, baseUrl: environment.EMBEDDING_BASE_URL, dimensions: environment.EMBEDDING_DIMENSIONS },
    { clock, readKey: parameter === undefined ? undefined : () => readSecret(ssm, clock, parameter) },
  );
  const pausing = pausingEmbedder(withRedactedTexts(embedder, REDACT), clock);
  return { embedder: pausing, vectors: dynamodbVectorStore(table) };
}
