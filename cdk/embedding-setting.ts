import { z } from 'zod';
import { DEFAULT_DIMENSIONS, MAX_DIMENSIONS, parseEmbeddingSetting } from '../lib/embedding/index.ts';
import { isProtectedUrl } from '../lib/endpoint/index.ts';
import { ModelSettingError, type ProvidedModel } from '../lib/provider/index.ts';

/** The model that finds by meaning, with what a function needs to reach it. */
export interface EmbeddingSetting {
  readonly name: string;
  readonly chosen: ProvidedModel;
  readonly dimensions: number;
  readonly url?: string;
  readonly keyParameter?: string;
}

/** The settings that choose the model, as they are given. */
export const embeddingShape = {
  embeddingModel: z.string().optional().meta({
    description: 'finds memories and messages [by meaning](docs/search.md#by-meaning), besides by words',
    allowed: '`bedrock:<id>`, `openai-compatible:<model>`',
    unlessGiven: 'found by words alone',
  }),
  embeddingUrl: z
    .string()
    .refine(isProtectedUrl, 'must be the base URL of a server, such as https://models.example/v1')
    .optional()
    .meta({
      description: "with `openai-compatible`: the server's base URL, without `/embeddings`",
      allowed: 'an `https` address, or one on this machine',
    }),
  /** As `modelKeyParameter`. */
  embeddingKeyParameter: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'must be the full name of an SSM parameter, such as /chat/embedding-key')
    .optional()
    .meta({
      description: "with `openai-compatible`: the SecureString that holds the server's key, if it needs one",
      allowed: "the name of an SSM parameter outside the limits' path",
    }),
  embeddingDimensions: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_DIMENSIONS)
    .optional()
    .meta({
      description: 'how many numbers a vector has: one of those that the model offers',
      unlessGiven: String(DEFAULT_DIMENSIONS),
    }),
};

type GivenEmbedding = z.output<z.ZodObject<typeof embeddingShape>>;

/** The model that the settings ask for, if any; a value that is wrong, missing or without effect becomes an issue of its setting. */
export function embeddingSetting(
  given: GivenEmbedding,
  stage: string,
  addIssue: (setting: keyof GivenEmbedding, message: string) => void,
): EmbeddingSetting | undefined {
  const { embeddingModel: name, embeddingUrl: url, embeddingKeyParameter: keyParameter } = given;
  if (name === undefined) {
    refuse({ ...given, embeddingModel: undefined }, 'is given, but embeddingModel is not', addIssue);
    return undefined;
  }
  const parsed = parse(name, given.embeddingDimensions, (message) => addIssue('embeddingModel', message));
  if (!parsed) return undefined;
  const { dimensions, ...chosen } = parsed;
  if (chosen.provider === 'openai-compatible') {
    if (url === undefined) addIssue('embeddingUrl', 'is missing: an openai-compatible model needs it');
  } else {
    const without = { embeddingUrl: url, embeddingKeyParameter: keyParameter };
    refuse(without, 'is given, but the embedding model is not openai-compatible', addIssue);
  }
  if (keyParameter?.startsWith(`/commitlane/${stage}/`)) {
    addIssue('embeddingKeyParameter', `must not be under /commitlane/${stage}/, where the limits are`);
  }
  return {
    name,
    chosen,
    dimensions,
    ...(url !== undefined && { url }),
    ...(keyParameter !== undefined && { keyParameter }),
  };
}

function refuse(
  settings: Partial<Record<keyof GivenEmbedding, unknown>>,
  message: string,
  addIssue: (setting: keyof GivenEmbedding, message: string) => void,
): void {
  for (const [setting, value] of Object.entries(settings)) {
    if (value !== undefined) addIssue(setting as keyof GivenEmbedding, message);
  }
}

function parse(name: string, dimensions: number | undefined, addIssue: (message: string) => void) {
  try {
    return parseEmbeddingSetting(name, dimensions);
  } catch (error) {
    if (!(error instanceof ModelSettingError)) throw error;
    addIssue(`is wrong: ${error.message}`);
    return undefined;
  }
}
