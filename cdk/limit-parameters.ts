import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { type LimitDefinition, limitDefinitions, limitPattern } from '../lib/limits/index.ts';
import type { Timeouts } from './check-timeouts.ts';

export interface LimitParametersProps {
  readonly stage: string;
  /** What the deployment has fixed: limits must fit it. */
  readonly timeouts: Timeouts;
}

/** One SSM parameter per limit, with its default; operators change them while the system runs. */
export class LimitParameters extends Construct {
  /** Where they are, such as `/commitlane/prod`. */
  readonly path: string;
  /** What a function that reads limits is told. */
  readonly environment;

  constructor(scope: Construct, id: string, { stage, timeouts }: LimitParametersProps) {
    super(scope, id);
    this.path = `/commitlane/${stage}`;
    this.environment = {
      LIMITS_PATH: this.path,
      MAX_RECEIVE_COUNT: String(timeouts.maxReceiveCount),
      COMMIT_FUNCTION_TIMEOUT_MS: String(timeouts.commitTimeoutMs),
      FOLLOW_UP_FUNCTION_TIMEOUT_MS: String(timeouts.followUpTimeoutMs),
    };
    for (const definition of limitDefinitions) {
      new StringParameter(this, definition.name, {
        parameterName: `${this.path}/${definition.name}`,
        description: describe(definition),
        allowedPattern: limitPattern(definition),
        stringValue: String(definition.default),
      });
    }
  }

  /** Lets a function read all limits at once. */
  grantRead(handler: IFunction): void {
    const resourceName = this.path.slice(1);
    handler.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['ssm:GetParametersByPath'],
        resources: [Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName })],
      }),
    );
  }
}

function describe(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return `${definition.description}: ${definition.choices.join(', ')}.`;
  const { description, unit, min, max } = definition;
  return `${description}. In ${unit}, from ${min} to ${max}.`;
}
