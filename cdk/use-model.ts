import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { grantSecret } from './grant-secret.ts';
import type { ModelSetting } from './model-setting.ts';

/** The regions that an inference profile's id begins with. */
const PROFILE = /^(global|us|us-gov|eu|apac|jp|au|ca)\.(.+)$/;
const INVOKE = { effect: Effect.ALLOW, actions: ['bedrock:InvokeModel'] };

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

/** Whoever may call a profile must be allowed the model behind it too, in each region that it may lead to. */
function grantBedrock(handler: IFunction, model: string): void {
  const stack = Stack.of(handler);
  const modelArn = (region: string, id: string) =>
    stack.formatArn({
      service: 'bedrock',
      region,
      account: '',
      resource: 'foundation-model',
      resourceName: id,
    });
  const grantProfile = (profile: string, behind: string) => {
    handler.addToRolePolicy(new PolicyStatement({ ...INVOKE, resources: [profile] }));
    handler.addToRolePolicy(
      new PolicyStatement({
        ...INVOKE,
        resources: [modelArn('*', behind)],
        conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
      }),
    );
  };
  const profile = PROFILE.exec(model)?.[2];
  if (/^arn:[\w-]+:bedrock:.*:application-inference-profile\//.test(model)) grantProfile(model, '*');
  else if (model.startsWith('arn:')) {
    handler.addToRolePolicy(new PolicyStatement({ ...INVOKE, resources: [model] }));
  } else if (profile === undefined) {
    handler.addToRolePolicy(new PolicyStatement({ ...INVOKE, resources: [modelArn(stack.region, model)] }));
  } else {
    grantProfile(
      stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: model }),
      profile,
    );
  }
}
