import type { Clock } from '../clock/index.ts';
import { checkedBaseUrl, forgettingRefused, once } from '../provider/index.ts';
import type { Embedder } from './embedder.ts';
import { parseEmbeddingSetting } from './embedding-setting.ts';
import { EmbeddingRefusedError } from './errors.ts';
import { providedEmbedder } from './provided-embedder.ts';
import { bedrock } from './providers/bedrock.ts';
import { openaiCompatible } from './providers/openai-compatible.ts';

/**
 * Small models have a window of 512, and many of their servers refuse what is longer: llama.cpp and vLLM do. An estimate of English is
 * within 10 %, and of encoded data too high rather than too low.
 */
const COMPATIBLE_TOKENS = 460;

export interface EmbedderSettings {
  /** `bedrock:<model id>` or `openai-compatible:<model>`. */
  readonly model: string;
  /** Of an `openai-compatible` server, up to and without `/embeddings`. */
  readonly baseUrl?: string | undefined;
  /** Of its vectors, 1 to 4,096. Default 256. */
  readonly dimensions?: number | undefined;
}

export interface EmbedderDependencies {
  /** The key of an `openai-compatible` server, where it wants one; read by the first call, and again after it was refused. */
  readonly readKey?: (() => Promise<string>) | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The embedding model that a deployment chose. Nothing is loaded, read or called before it is asked for something.
 *
 * @throws ModelSettingError saying which setting is wrong or missing, and what is expected.
 */
export function embedderFrom(
  { model: name, baseUrl, dimensions: wanted }: EmbedderSettings,
  { readKey, clock }: EmbedderDependencies,
): Embedder {
  const { provider: kind, model, dimensions } = parseEmbeddingSetting(name, wanted);
  if (kind === 'bedrock') {
    const provider = once(() => bedrock(model, dimensions));
    return providedEmbedder({ name, dimensions, clock, provider: provider.get });
  }
  const server = { baseUrl: checkedBaseUrl(baseUrl, 'embedding model'), readKey };
  const provider = once(() => openaiCompatible(model, dimensions, server));
  const embedder = providedEmbedder({
    name,
    dimensions,
    clock,
    provider: provider.get,
    maxTokens: COMPATIBLE_TOKENS,
  });
  return {
    ...embedder,
    embed: (texts, options) =>
      forgettingRefused(embedder.embed(texts, options), provider, EmbeddingRefusedError),
  };
}
