import type { EmbeddingModel } from 'ai';
import type { EmbeddingPurpose } from '../embedder.ts';

type SdkModel = Extract<EmbeddingModel, { readonly specificationVersion: 'v4' }>;

/** A model of the AI SDK, and what it wants to be told beside the texts. */
export interface EmbeddingProvider {
  readonly model: SdkModel;
  /** The most that its server takes. */
  readonly textsPerCall: number;
  readonly optionsFor: (purpose: EmbeddingPurpose) => ProviderOptions;
  /** What it is told once it has refused that: servers of models with one number of dimensions may refuse to be given any. */
  readonly plainOptions?: ProviderOptions;
}

export type ProviderOptions = NonNullable<Parameters<SdkModel['doEmbed']>[0]['providerOptions']>;
