import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { CommitlaneProps } from '../../cdk/commitlane-props.ts';
import { Commitlane, type ICommitlane } from '../../cdk/index.ts';
import type { GivenSettings } from '../../cdk/settings.ts';
import { parseOutputs } from '../../operator/target/index.ts';
import { synthesised } from './synthesised.ts';

const auth = { issuer: 'https://login.example', audience: 'chat' };

/** The template of a stack of somebody else. */
function templateOf(fill: (stack: Stack) => void, name = 'shop'): Template {
  const outdir = mkdtempSync(path.join(tmpdir(), 'commitlane-synth-'));
  try {
    const context = { 'aws:cdk:bundling-stacks': [] };
    const stack = new Stack(new App({ analyticsReporting: false, outdir, context }), name);
    fill(stack);
    return Template.fromStack(stack);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const roleIn = (stack: Stack) =>
  new Role(stack, 'Worker', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

/** What a role that is granted both may do. */
function statementsFor(template: Template): unknown[] {
  const policies = template.findResources('AWS::IAM::Policy', {
    Properties: { PolicyName: Match.stringLikeRegexp('^Worker') },
  });
  const schema = z.object({
    Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(z.unknown()) }) }),
  });
  return Object.values(policies).flatMap(
    (policy) => schema.parse(policy).Properties.PolicyDocument.Statement,
  );
}

it('what is deployed keeps its logical ids: under another id CloudFormation would replace it, the table included', () => {
  const deployed = z
    .object({
      parameters: z.array(z.string()),
      outputs: z.array(z.string()),
      resources: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(readFileSync(new URL('deployed-resources.json', import.meta.url), 'utf8')));
  const stack = synthesised();
  expect(Object.keys(stack.Outputs)).toEqual(expect.arrayContaining(deployed.outputs));
  expect(Object.keys(stack.Parameters)).toEqual(expect.arrayContaining(deployed.parameters));
  const missing = Object.entries(deployed.resources).filter(
    ([logicalId, type]) => !stack.resources(type).some((one) => one.logicalId === logicalId),
  );
  expect(missing).toEqual([]);
});

it('the construct takes every setting of a deployment, by its name', () => {
  expectTypeOf<keyof CommitlaneProps>().toEqualTypeOf<keyof GivenSettings>();
});

it('in a stack of somebody else, the construct is all that the stack of its own is', () => {
  const own = synthesised({ auth: 'iam' });
  const template = templateOf((stack) => {
    new Queue(stack, 'Orders');
    new Commitlane(stack, 'Chat', { auth: 'iam' });
  });
  const types = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>).map(
    ({ Type }) => Type,
  );
  for (const type of new Set(types)) {
    const expected = own.resources(type).length + (type === 'AWS::SQS::Queue' ? 1 : 0);
    expect(
      types.filter((one) => one === type),
      type,
    ).toHaveLength(expected);
  }
});

it('its settings are typed props, which are checked as those of CDK context are', () => {
  const template = templateOf((stack) => {
    new Commitlane(stack, 'Chat', {
      auth,
      stage: 'blue',
      corsOrigins: ['https://a.example', 'https://b.example'],
      maxConcurrency: 7,
    });
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
    Name: 'commitlane-blue',
    CorsConfiguration: { AllowOrigins: ['https://a.example', 'https://b.example'] },
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    JwtConfiguration: { Issuer: auth.issuer, Audience: [auth.audience] },
  });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    ScalingConfig: { MaximumConcurrency: 7 },
  });
  const wrong = () => templateOf((stack) => void new Commitlane(stack, 'Chat', { auth, stage: 'Blue' }));
  expect(wrong).toThrow(
    /What the construct Commitlane is given is wrong: stage a lower-case name.* Known settings: stage,/,
  );
});

it('a stack has one: the outputs of two would have the same names', () => {
  const two = () =>
    templateOf((stack) => {
      new Commitlane(stack, 'Chat', { auth });
      new Commitlane(stack, 'Other', { auth, stage: 'other' });
    });
  expect(two).toThrow('The stack shop has a Commitlane already');
});

it('the command line finds it by the name of the stack, beside outputs of others that are called the same', () => {
  const template = templateOf((stack) => {
    new Commitlane(stack, 'Chat', { auth, model: 'offline' });
    stack.exportValue('https://shop.example', { name: 'ShopApi' });
  });
  const names = Object.keys(template.findOutputs('*')).filter((name) => name.startsWith('Commitlane'));
  const values = Object.fromEntries(
    names.map((name) => [name, /Ms$|Count$/.test(name) ? '1000' : 'https://queue.example']),
  );
  const outputs = {
    ...values,
    CommitlaneLimitsPath: '/commitlane/dev',
    CommitlaneLeaseStore: 'dynamodb',
    ApiUrl: 'https://shop.example',
  };
  expect(parseOutputs('shop', outputs)).toMatchObject({
    ApiUrl: 'https://queue.example',
    LimitsPath: '/commitlane/dev',
  });
});

/** What a worker may do after both grants, whichever Commitlane gives them. */
const grant = (to: (stack: Stack) => ICommitlane) => (stack: Stack) => {
  const commitlane = to(stack);
  const worker = roleIn(stack);
  commitlane.grantEnqueue(worker);
  commitlane.grantCallApi(worker);
};

it('lets a worker enqueue commits and call the API, and do nothing else', () => {
  const template = templateOf(grant((stack) => new Commitlane(stack, 'Chat', { auth: 'iam' })));
  const [queue = ''] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) =>
    id.startsWith('ChatCommitsQueue'),
  );
  expect(statementsFor(template)).toEqual([
    { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } },
    {
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', expect.arrayContaining(['/*/*'])] },
    },
  ]);
});

it('another stack finds it by the name of its stack, with the same grants', () => {
  const exported = Object.values(synthesised().Outputs).flatMap((one) =>
    'Export' in one ? [one.Export] : [],
  );
  const template = templateOf(
    grant((stack) => Commitlane.fromStackName(stack, 'Chat', 'commitlane-test')),
    'worker',
  );
  const text = JSON.stringify(template.toJSON());
  const imported = [...text.matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => ({ Name: name }));
  expect(imported.length).toBeGreaterThan(0);
  expect(exported).toEqual(expect.arrayContaining(imported));
  const importOf = (place: string) => ({ 'Fn::ImportValue': `commitlane-test:${place}` });
  const part = (index: number, separator: string, of: object) => ({
    'Fn::Select': [index, { 'Fn::Split': [separator, of] }],
  });
  expect(statementsFor(template)).toEqual([
    {
      Action: 'sqs:SendMessage',
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', expect.arrayContaining([part(4, '/', importOf('CommitQueueUrl'))])] },
    },
    {
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: {
        'Fn::Join': ['', expect.arrayContaining([part(2, '/', part(0, '.', importOf('ApiUrl'))), '/*/*'])],
      },
    },
  ]);
});

it('limits that are given as undefined have their defaults', () => {
  const template = templateOf((stack) => {
    const limits = { 'lease.ttlMs': undefined, 'lease.maxRetries': 3 };
    new Commitlane(stack, 'Chat', { auth: 'iam', limits });
  });
  template.hasOutput('CommitlaneLimitsAtDeployment', { Value: '{"lease.maxRetries":"3"}' });
});
