import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { EmbeddingSetting } from './embedding-setting.ts';
import { grantBedrock } from './grant-bedrock.ts';
import { grantSecret } from './grant-secret.ts';

/** The embedding model of a deployment, as a function uses it: that model and that key, and no other; nothing where there is none. */
export function useEmbedding(setting: EmbeddingSetting | undefined) {
  return {
    isOn: setting !== undefined,
    /** What the function is told: never the key, but where to read it. */
    environment: {
      ...(setting && {
        EMBEDDING_MODEL: setting.name,
        EMBEDDING_DIMENSIONS: String(setting.dimensions),
        ...(setting.url !== undefined && { EMBEDDING_BASE_URL: setting.url }),
        ...(setting.keyParameter !== undefined && { EMBEDDING_KEY_PARAMETER: setting.keyParameter }),
      }),
    },
    /** Lets the function call the model, and read its key. */
    grantEmbedding(handler: IFunction): void {
      if (setting?.keyParameter !== undefined) grantSecret(handler, setting.keyParameter);
      if (setting?.chosen.provider === 'bedrock') grantBedrock(handler, setting.chosen.model);
    },
  };
}
