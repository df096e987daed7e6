import { bedrockFamilyOf } from './bedrock-families.ts';
import type { EmbeddingProvider } from './embedding-provider.ts';

/** A model or inference profile of Bedrock; region and credentials are those of the environment. */
export async function bedrock(model: string, dimensions: number): Promise<EmbeddingProvider> {
  const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
  const { optionsFor, textsPerCall } = bedrockFamilyOf(model);
  return {
    model: createAmazonBedrock().embeddingModel(model),
    textsPerCall,
    optionsFor: (purpose) => ({ amazonBedrock: optionsFor(purpose, dimensions) }),
  };
}
