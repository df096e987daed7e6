import { z } from 'zod';
import { isProtectedUrl } from '../lib/endpoint/index.ts';
import {
  type ModelSetting as ChosenModel,
  ModelSettingError,
  parseModelSetting,
} from '../lib/model/index.ts';

/** The model that writes summaries and finds memories, with what a function needs to reach it. */
export interface ModelSetting {
  readonly name: string;
  readonly chosen: ChosenModel;
  readonly url?: string;
  readonly keyParameter?: string;
  readonly contextWindowTokens?: number;
}

/** The settings that choose the model, as they are given. */
export const modelShape = {
  /** The default needs no subscription, and can be called from every commercial region through its global inference profile. */
  model: z.string().default('bedrock:global.amazon.nova-2-lite-v1:0').meta({
    description: 'writes summaries and finds memories',
    allowed: '`bedrock:<id>`, `openai-compatible:<model>`, `offline`',
  }),
  modelUrl: z
    .string()
    .refine(isProtectedUrl, 'must be the base URL of a server, such as https://models.example/v1')
    .optional()
    .meta({
      description: "with `openai-compatible`: the server's base URL, without `/chat/completions`",
      allowed: 'an `https` address, or one on this machine',
    }),
  /** CloudFormation cannot make a SecureString: the operator does, encrypted with the account's own key for SSM (`aws/ssm`). */
  modelKeyParameter: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, 'must be the full name of an SSM parameter, such as /chat/model-key')
    .optional()
    .meta({
      description: "with `openai-compatible`: the SecureString that holds the server's key, if it needs one",
      allowed: "the name of an SSM parameter outside the limits' path",
    }),
  modelContextWindowTokens: z.coerce.number().int().min(8_000).optional().meta({
    description: 'how much the model reads and writes in one call; longer conversations are sent in parts',
    unlessGiven: '128 000 with `bedrock`, 32 000 with `openai-compatible`',
  }),
};

type GivenModel = z.output<z.ZodObject<typeof modelShape>>;

/** The model that the settings ask for; a value that is wrong, missing or without effect becomes an issue of its setting. */
export function modelSetting(
  { model, modelUrl, modelKeyParameter, modelContextWindowTokens }: GivenModel,
  stage: string,
  addIssue: (setting: keyof GivenModel, message: string) => void,
): ModelSetting {
  const chosen = parsed(model, (message) => addIssue('model', message));
  if (chosen.provider === 'openai-compatible') {
    if (modelUrl === undefined) addIssue('modelUrl', 'is missing: an openai-compatible model needs it');
  } else {
    for (const [setting, value] of Object.entries({ modelUrl, modelKeyParameter })) {
      if (value !== undefined) {
        addIssue(setting as keyof GivenModel, 'is given, but the model is not openai-compatible');
      }
    }
  }
  if (modelKeyParameter?.startsWith(`/commitlane/${stage}/`)) {
    addIssue('modelKeyParameter', `must not be under /commitlane/${stage}/, where the limits are`);
  }
  return {
    name: model,
    chosen,
    ...(modelUrl !== undefined && { url: modelUrl }),
    ...(modelKeyParameter !== undefined && { keyParameter: modelKeyParameter }),
    ...(modelContextWindowTokens !== undefined && { contextWindowTokens: modelContextWindowTokens }),
  };
}

function parsed(model: string, addIssue: (message: string) => void): ChosenModel {
  try {
    return parseModelSetting(model);
  } catch (error) {
    if (!(error instanceof ModelSettingError)) throw error;
    addIssue(`is wrong: ${error.message}`);
    return { provider: 'offline' };
  }
}
