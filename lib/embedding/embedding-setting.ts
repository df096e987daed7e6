import { ModelSettingError, type ProvidedModel, parseProvider } from '../provider/index.ts';
import { bedrockFamilyOf } from './providers/bedrock-families.ts';

/** Small, and by its maker's account 97 % as good as 1,024 for Titan Text Embeddings V2. */
export const DEFAULT_DIMENSIONS = 256;

/** Of a vector index of DynamoDB. */
export const MAX_DIMENSIONS = 4_096;

export interface EmbeddingSetting extends ProvidedModel {
  readonly dimensions: number;
}

const EXPECTED = "'bedrock:<model id>' or 'openai-compatible:<model>'";

/**
 * Reads a setting such as `bedrock:amazon.titan-embed-text-v2:0`.
 *
 * @param dimensions of its vectors. Default 256.
 * @throws ModelSettingError saying what is wrong and what is expected.
 */
export function parseEmbeddingSetting(text: string, dimensions = DEFAULT_DIMENSIONS): EmbeddingSetting {
  const setting = parseProvider(text, 'Embedding model', EXPECTED);
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MAX_DIMENSIONS) {
    throw new ModelSettingError(
      `${dimensions} is not a number of dimensions: expected a whole number from 1 to ${MAX_DIMENSIONS}.`,
    );
  }
  if (setting.provider === 'bedrock') requireDimensions(setting.model, dimensions);
  return { ...setting, dimensions };
}

function requireDimensions(model: string, dimensions: number): void {
  const { dimensions: offered } = bedrockFamilyOf(model);
  if (offered.includes(dimensions)) return;
  throw new ModelSettingError(
    `Embedding model '${model}' has no vectors of ${dimensions} dimensions: expected ${offered.join(', ')}. Set embeddingDimensions.`,
  );
}
