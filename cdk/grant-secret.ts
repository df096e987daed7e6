import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** Lets a function read one SSM parameter. The operator makes it: CloudFormation cannot make a SecureString. */
export function grantSecret(handler: IFunction, parameterName: string): void {
  const resource = Stack.of(handler).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: parameterName.slice(1),
  });
  handler.addToRolePolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['ssm:GetParameter'], resources: [resource] }),
  );
}
