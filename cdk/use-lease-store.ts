import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LeaseStoreSetting } from './lease-store-setting.ts';

/** Tells a function where leases are kept. It reads the secret of a store that has one by itself: never told here. */
export function useLeaseStore(handler: LambdaFunction, leaseStore: LeaseStoreSetting): void {
  handler.addEnvironment('LEASE_STORE', leaseStore.kind);
  if (leaseStore.kind === 'dynamodb') return;
  const { url, tokenParameter } = leaseStore;
  handler.addEnvironment('UPSTASH_REDIS_REST_URL', url);
  handler.addEnvironment('UPSTASH_TOKEN_PARAMETER', tokenParameter);
  handler.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['ssm:GetParameter'],
      resources: [
        Stack.of(handler).formatArn({
          service: 'ssm',
          resource: 'parameter',
          resourceName: tokenParameter.slice(1),
        }),
      ],
    }),
  );
}
