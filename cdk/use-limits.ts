import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Timeouts } from './check-timeouts.ts';
import type { Settings } from './settings.ts';

export interface LimitsUse {
  /** Where their parameters are, such as `/commitlane/prod`. */
  readonly path: string;
  /** What a function that reads limits is told. */
  readonly environment: {
    readonly LIMITS_PATH: string;
    readonly LIMITS_AT_DEPLOYMENT: string;
    readonly MAX_RECEIVE_COUNT: string;
    readonly COMMIT_FUNCTION_TIMEOUT_MS: string;
    readonly FOLLOW_UP_FUNCTION_TIMEOUT_MS: string;
  };
  /** Lets a function read all limits at once. */
  grantRead(handler: IFunction): void;
}

/** The limits, as functions use them. */
export function useLimits(
  { stage, limits }: Pick<Settings, 'stage' | 'limits'>,
  timeouts: Timeouts,
): LimitsUse {
  const path = `/commitlane/${stage}`;
  return {
    path,
    environment: {
      LIMITS_PATH: path,
      LIMITS_AT_DEPLOYMENT: JSON.stringify(limits),
      MAX_RECEIVE_COUNT: String(timeouts.maxReceiveCount),
      COMMIT_FUNCTION_TIMEOUT_MS: String(timeouts.commitTimeoutMs),
      FOLLOW_UP_FUNCTION_TIMEOUT_MS: String(timeouts.followUpTimeoutMs),
    },
    grantRead: (handler) =>
      handler.addToRolePolicy(
        new PolicyStatement({
          actions: ['ssm:GetParametersByPath'],
          resources: [
            Stack.of(handler).formatArn({
              service: 'ssm',
              resource: 'parameter',
              resourceName: path.slice(1),
            }),
          ],
        }),
      ),
  };
}
