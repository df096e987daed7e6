import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** The regions that an inference profile's id begins with. */
const PROFILE = /^(global|us|us-gov|eu|apac|jp|au|ca)\.(.+)$/;
const INVOKE = { effect: Effect.ALLOW, actions: ['bedrock:InvokeModel'] };

/**
 * Lets a function call one model of Bedrock. Whoever may call a profile must be allowed the model behind it too, in each region that
 * it may lead to.
 */
export function grantBedrock(handler: IFunction, model: string): void {
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
