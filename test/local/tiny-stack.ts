import type { Assembly } from '../../local/template/synthesise.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Answers requests with what it knows; says what it was fed, and which rule ran it. */
const source = `
export async function handler(event) {
  if (event.source === 'aws.events') return console.log('run by', event.resources[0], 'at', event.time);
  if (!event.Records) return { who: event.requestContext.authorizer?.jwt.claims, variables: process.env };
  for (const { body } of event.Records) console.log('fed with', body);
}`;

const fifo = {
  FifoQueue: true,
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
};
const route = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Jwt' } };

const template: Assembly['template'] = {
  Parameters: { JwtIssuer: { Type: 'String' }, JwtAudience: { Type: 'String' } },
  Resources: {
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        ...fifo,
        VisibilityTimeout: 600,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { ...fifo, MessageRetentionPeriod: 1_209_600 } },
    Items: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'part', AttributeType: 'S' },
          { AttributeName: 'atMs', AttributeType: 'N' },
        ],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'part', KeyType: 'HASH' },
              { AttributeName: 'atMs', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      },
    },
    Colour: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/tiny/colour', Value: 'green', AllowedPattern: '^[a-z]+$' },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Key: 'c0de.zip' },
        Handler: 'index.handler',
        Timeout: 20,
        Environment: { Variables: { WORK_URL: { Ref: 'Work' }, TABLE: { Ref: 'Items' } } },
      },
    },
    Feed: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] },
        FunctionName: { Ref: 'Worker' },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Jwt: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        AuthorizerType: 'JWT',
        JwtConfiguration: { Issuer: { Ref: 'JwtIssuer' }, Audience: [{ Ref: 'JwtAudience' }] },
      },
    },
    Call: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Worker', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Ask: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ...route,
        RouteKey: 'GET /ask',
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Call' }]] },
      },
    },
    Hourly: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 hour)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['Worker', 'Arn'] }, Id: 'Target0' }],
      },
    },
    Steps: { Type: 'AWS::StepFunctions::StateMachine' },
  },
  Outputs: {
    ApiUrl: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
    DeadUrl: { Value: { Ref: 'Dead' } },
    WorkUrl: { Value: { Ref: 'Work' } },
    TableName: { Value: { Ref: 'Items' } },
  },
};

/** A stack with one of everything, and other resources on top. */
export async function tinyAssembly(
  more: Assembly['template']['Resources'] = {},
): Promise<Assembly & AsyncDisposable> {
  const folder = await temporaryFolder({ 'index.mjs': source });
  return {
    stackName: 'tiny',
    template: { ...template, Resources: { ...template.Resources, ...more } },
    assetFolders: new Map([['c0de', folder.path]]),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
