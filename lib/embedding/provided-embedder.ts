import { inParallel } from '../batch/index.ts';
import { type Clock, untilAborted } from '../clock/index.ts';
import { failureOf } from '../provider/index.ts';
import { embeddable } from './embeddable.ts';
import type { Embedder, Vector } from './embedder.ts';
import { EmbeddingRefusedError } from './errors.ts';
import type { EmbeddingProvider, ProviderOptions } from './providers/embedding-provider.ts';
import { toEmbeddingError } from './to-embedding-error.ts';
import { unitVector } from './unit-vector.ts';

export interface ProvidedEmbedderOptions {
  /** `provider:model`. */
  readonly name: string;
  readonly dimensions: number;
  /** Asked before each call; a provider is loaded, and its key read, only when it is needed. */
  readonly provider: () => Promise<EmbeddingProvider>;
  /** Of each text, estimated. Default as many as 2,000 UTF-16 units have. */
  readonly maxTokens?: number | undefined;
  /** Of a `Retry-After` that is a date. */
  readonly clock: Pick<Clock, 'now'>;
}

type EmbedOptions = Parameters<Embedder['embed']>[1];

/** Of the requests of one call, side by side. */
const MAX_PARALLEL = 4;

/** How servers refuse a field that they do not take. */
const FIELD_REFUSED = new Set([400, 422]);

/** An embedding model behind the AI SDK. Each request is made once: repeating it is the caller's business. */
export function providedEmbedder(options: ProvidedEmbedderOptions): Embedder {
  const { name, dimensions, maxTokens, clock } = options;
  /** Whether the server has given vectors only when it was asked without a number of dimensions. */
  let isPlain = false;

  async function ask(
    texts: readonly string[],
    { purpose, signal }: EmbedOptions,
  ): Promise<readonly Vector[]> {
    const provider = await options.provider();
    const { plainOptions } = provider;
    const asking = (told: ProviderOptions) => request(provider, texts, told, signal);
    if (isPlain && plainOptions) return checked(await asking(plainOptions));
    try {
      return checked(await asking(provider.optionsFor(purpose)));
    } catch (error) {
      if (!plainOptions || !(await isFieldRefused(error))) throw error;
      const vectors = checked(await asking(plainOptions));
      isPlain = true;
      return vectors;
    }
  }

  const checked = (given: readonly (readonly number[])[]) => given.map((one) => checkedVector(options, one));

  return {
    id: `${name}@${dimensions}`,
    dimensions,
    async embed(texts, embedOptions) {
      const { signal } = embedOptions;
      signal.throwIfAborted();
      if (texts.length === 0) return [];
      try {
        const sent = texts.map((text) => embeddable(text, maxTokens));
        return await untilAborted(ask(sent, embedOptions), signal);
      } catch (error) {
        // Also when the abort was noticed as something else, such as a connection that broke.
        signal.throwIfAborted();
        throw await toEmbeddingError(name, clock.now(), error);
      }
    },
  };
}

/**
 * The requests that the texts take; when one fails, the others are broken off. They are made without the package `ai`: loading it takes
 * longer than a query does, which waits for the first one of each execution environment.
 */
async function request(
  { model, textsPerCall }: EmbeddingProvider,
  texts: readonly string[],
  providerOptions: ProviderOptions,
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const calls = Array.from({ length: Math.ceil(texts.length / textsPerCall) }, (_, index) =>
    texts.slice(index * textsPerCall, (index + 1) * textsPerCall),
  );
  const answers = await inParallel(calls, MAX_PARALLEL, signal, async (values, _index, abortSignal) => {
    const { embeddings } = await model.doEmbed({ values, providerOptions, abortSignal });
    if (embeddings.length === values.length) return embeddings;
    throw new EmbeddingRefusedError(
      `Embedding model ${model.modelId} gave ${embeddings.length} vectors for ${values.length} texts: it must give one for each.`,
    );
  });
  return answers.flat();
}

async function isFieldRefused(error: unknown): Promise<boolean> {
  const failure = await failureOf(error, 0);
  return failure.kind === 'refused' && FIELD_REFUSED.has(failure.status);
}

/** @throws EmbeddingRefusedError for one that no index would take. */
function checkedVector(
  { name, dimensions }: Pick<ProvidedEmbedderOptions, 'name' | 'dimensions'>,
  given: readonly number[],
): Vector {
  if (given.length !== dimensions) {
    throw new EmbeddingRefusedError(
      `Embedding model ${name} gave a vector of ${given.length} dimensions, and ${dimensions} were expected: it has no others, or its ` +
        `server ignores or refuses the number that it is asked for. Set embeddingDimensions to ${given.length}, or choose another model.`,
    );
  }
  const vector = unitVector(given);
  if (vector) return vector;
  throw new EmbeddingRefusedError(
    `Embedding model ${name} gave a vector without a direction: all of it zero, or not finite. Ask it by hand, and choose another model if it does so again.`,
  );
}
