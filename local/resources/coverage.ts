import type { Template } from '../template/template.ts';

/** What the embedded stack makes of each type of resource. */
const interpreted = new Set([
  'AWS::SQS::Queue',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::SSM::Parameter',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
]);

/** Nothing to do locally: everything is permitted, every log line goes to the terminal, and nobody waits for alarms. */
const needless = new Set([
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

/** Properties that change what a deployment does, and that the embedded stack has nothing for. */
const missing: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': ['LocalSecondaryIndexes'],
  'AWS::Events::Rule': ['EventPattern'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig'],
  'AWS::Lambda::Function': ['Layers', 'FileSystemConfigs', 'VpcConfig', 'DeadLetterConfig'],
  'AWS::ApiGatewayV2::Integration': ['RequestParameters', 'ResponseParameters', 'TimeoutInMillis'],
};

/** Of a mapping, what is interpreted of queues is not the same as of streams, which alone have a starting position. */
function missingOfMapping(properties: Readonly<Record<string, unknown>>): readonly string[] {
  if ('StartingPosition' in properties) return ['TumblingWindowInSeconds'];
  return ['FilterCriteria', 'MaximumBatchingWindowInSeconds', 'DestinationConfig'];
}

function missingOf(type: string, properties: Readonly<Record<string, unknown>>): readonly string[] {
  return type === 'AWS::Lambda::EventSourceMapping' ? missingOfMapping(properties) : (missing[type] ?? []);
}

/** One sentence for each part of the template that the embedded stack leaves out. */
export function uncovered({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties = {} }]) => {
    if (needless.has(Type)) return [];
    if (!interpreted.has(Type))
      return [`${logicalId} (${Type}) is not part of the embedded stack: it does nothing here`];
    return missingOf(Type, Properties)
      .filter((property) => property in Properties)
      .map((property) => `${logicalId} (${Type}) has ${property}, which the embedded stack leaves out`);
  });
}
