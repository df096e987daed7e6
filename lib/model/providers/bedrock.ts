import type { LanguageModel } from 'ai';

/** A model, inference profile or ARN of Bedrock; region and credentials are those of the function's environment. */
export async function bedrock(model: string): Promise<LanguageModel> {
  const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
  return createAmazonBedrock()(model);
}
