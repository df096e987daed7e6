import { ModelSettingError } from '../../provider/index.ts';
import type { EmbeddingPurpose } from '../embedder.ts';
import type { ProviderOptions } from './embedding-provider.ts';

type Options = ProviderOptions[string];

/** Models of Bedrock that are asked in one way. */
interface BedrockFamily {
  /** What their ids hold, also those of inference profiles. */
  readonly pattern: RegExp;
  /** What they offer; all that is asked for is one of these. */
  readonly dimensions: readonly number[];
  readonly textsPerCall: number;
  readonly optionsFor: (purpose: EmbeddingPurpose, dimensions: number) => Options;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html */
const families: readonly BedrockFamily[] = [
  {
    pattern: /amazon\.titan-embed-text-v2/,
    dimensions: [256, 512, 1_024],
    textsPerCall: 1,
    optionsFor: (_purpose, dimensions) => ({ dimensions, normalize: true }),
  },
  {
    pattern: /amazon\.titan-embed-(?:text-v1|g1-text)/,
    dimensions: [1_536],
    textsPerCall: 1,
    optionsFor: () => ({}),
  },
  {
    pattern: /amazon\.nova-[\w-]{0,30}embed/,
    dimensions: [256, 384, 1_024, 3_072],
    textsPerCall: 1,
    optionsFor: (purpose, embeddingDimension) => ({
      embeddingDimension,
      embeddingPurpose: purpose === 'query' ? 'TEXT_RETRIEVAL' : 'GENERIC_INDEX',
      truncate: 'END',
    }),
  },
  {
    pattern: /cohere\.embed-v4/,
    dimensions: [256, 512, 1_024, 1_536],
    textsPerCall: 96,
    optionsFor: (purpose, outputDimension) => ({ ...cohereOptions(purpose), outputDimension }),
  },
  {
    pattern: /cohere\.embed-[\w-]{0,30}v3/,
    dimensions: [1_024],
    textsPerCall: 96,
    optionsFor: cohereOptions,
  },
];

function cohereOptions(purpose: EmbeddingPurpose): Options {
  return { inputType: purpose === 'query' ? 'search_query' : 'search_document', truncate: 'END' };
}

/** @throws ModelSettingError for a model that nobody knows how to ask, such as one that its ARN does not name. */
export function bedrockFamilyOf(model: string): BedrockFamily {
  const family = families.find(({ pattern }) => pattern.test(model));
  if (family) return family;
  throw new ModelSettingError(
    `'${model}' is not a known embedding model of Bedrock: expected amazon.titan-embed-text-v2:0 or -v1, ` +
      'amazon.nova-2-multimodal-embeddings-v1:0, cohere.embed-v4:0, cohere.embed-english-v3 or -multilingual-v3, or an inference profile that is named after one.',
  );
}
