import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { grantBedrock } from './grant-bedrock.ts';
import { grantSecret } from './grant-secret.ts';
import type { ModelSetting } from './model-setting.ts';

/** The model of a deployment, as a function uses it: that model and that key, and no other. */
export function useModel({ name, chosen, ...setting }: ModelSetting) {
  const { url, keyParameter, contextWindowTokens } = setting;
  return {
    /** What the function is told: never the key, but where to read it. */
    environment: {
      MODEL: name,
      ...(url !== undefined && { MODEL_BASE_URL: url }),
      ...(keyParameter !== undefined && { MODEL_KEY_PARAMETER: keyParameter }),
      ...(contextWindowTokens !== undefined && { MODEL_CONTEXT_WINDOW_TOKENS: String(contextWindowTokens) }),
    },
    /** Lets the function call the model, and read its key. */
    grantModel(handler: IFunction): void {
      if (keyParameter !== undefined) grantSecret(handler, keyParameter);
      if (chosen.provider === 'bedrock') grantBedrock(handler, chosen.model);
    },
  };
}
