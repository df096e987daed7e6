import type { EmbeddingProvider } from './embedding-provider.ts';

/** Hugging Face's server takes no more by default (`--max-client-batch-size`); others take 2,048 and more. */
const TEXTS_PER_CALL = 32;

/** A model behind the protocol of OpenAI's `/embeddings`. */
export async function openaiCompatible(
  model: string,
  dimensions: number,
  server: { readonly baseUrl: string; readonly readKey: (() => Promise<string>) | undefined },
): Promise<EmbeddingProvider> {
  const [{ createOpenAICompatible }, apiKey] = await Promise.all([
    import('@ai-sdk/openai-compatible'),
    server.readKey?.(),
  ]);
  const provider = createOpenAICompatible({
    name: 'openai-compatible',
    baseURL: server.baseUrl,
    ...(apiKey !== undefined && { apiKey }),
  });
  return {
    model: provider.embeddingModel(model),
    textsPerCall: TEXTS_PER_CALL,
    optionsFor: () => ({ openaiCompatible: { dimensions } }),
    plainOptions: {},
  };
}
