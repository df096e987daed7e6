import { randomBytes } from 'node:crypto';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { Clock } from '../clock/index.ts';
import { type Model, modelFrom } from '../model/index.ts';
import { readSecret } from './read-secret.ts';

/** Cannot be guessed, and takes few tokens. */
const MARK_BYTES = 8;

/** The environment variables that say which model writes summaries and finds memories. */
export const modelEnvironment = {
  /** `offline`, `bedrock:<model id>` or `openai-compatible:<model>`. */
  MODEL: z.string().min(1),
  MODEL_BASE_URL: z.string().optional(),
  /** The SSM parameter with the key: the key itself is in no environment. */
  MODEL_KEY_PARAMETER: z.string().startsWith('/').optional(),
  MODEL_CONTEXT_WINDOW_TOKENS: z.coerce.number<string>().optional(),
};

type ModelEnvironment = z.output<z.ZodObject<typeof modelEnvironment>>;

/** The model that the deployment chose. @throws ModelSettingError saying what is wrong or missing. */
export function modelFromEnvironment(
  environment: ModelEnvironment,
  { ssm, clock }: { readonly ssm: SSMClient; readonly clock: Clock },
): Model {
  const { MODEL, MODEL_BASE_URL, MODEL_KEY_PARAMETER, MODEL_CONTEXT_WINDOW_TOKENS } = environment;
  return modelFrom(
    { model: MODEL, baseUrl: MODEL_BASE_URL, contextWindowTokens: MODEL_CONTEXT_WINDOW_TOKENS },
    {
      clock,
      newMark: () => randomBytes(MARK_BYTES).toString('hex'),
      readKey:
        MODEL_KEY_PARAMETER === undefined ? undefined : () => readSecret(ssm, clock, MODEL_KEY_PARAMETER),
    },
  );
}
