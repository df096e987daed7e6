import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ModelSetting } from './model-setting.ts';

/** The regions that an inference profile's id begins with. */
const PROFILE = /^(global|us|us-gov|eu|apac|jp|au|ca)\.(.+)$/;
const INVOKE = { effect: Effect.ALLOW, actions: ['bedrock:InvokeModel'] };

/** Tells a function which model to use, and lets it: that model and that key, and no other. */
export function useModel(handler: LambdaFunction, { name, chosen, ...setting }: ModelSetting): void {
  const { url, keyParameter, contextWindowTokens } = setting;
  handler.addEnvironment('MODEL', name);
  if (url !== undefined) handler.addEnvironment('MODEL_BASE_URL', url);
  if (contextWindowTokens !== undefined) {
    handler.addEnvironment('MODEL_CONTEXT_WINDOW_TOKENS', String(contextWindowTokens));
  }
  if (keyParameter !== undefined) {
    handler.addEnvironment('MODEL_KEY_PARAMETER', keyParameter);
    grantKey(handler, keyParameter);
  }
  if (chosen.provider === 'bedrock') grantBedrock(handler, chosen.model);
}

function grantKey(handler: LambdaFunction, parameter: string): void {
  const resource = Stack.of(handler).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: parameter.slice(1),
  });
  handler.addToRolePolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['ssm:GetParameter'], resources: [resource] }),
  );
}

/** Whoever may call a profile must be allowed the model behind it too, in each region that it may lead to. */
function grantBedrock(handler: LambdaFunction, model: string): void {
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
