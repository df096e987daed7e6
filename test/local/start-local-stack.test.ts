import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { GetItemCommand, ListTablesCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { startParameterEmulator } from '../../local/emulators/index.ts';
import {
  DataFolderInUseError,
  InvalidOptionsError,
  PortInUseError,
  TableOutdatedError,
  TemplateError,
} from '../../local/errors.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/index.ts';
import type { Assembly } from '../../local/template/synthesise.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyAssembly } from './tiny-stack.ts';

const ann = { tenant: 'acme', sub: 'ann' };

async function start(options: LocalStackOptions = {}, more: Assembly['template']['Resources'] = {}) {
  await using resources = new AsyncDisposableStack();
  const assembly = resources.use(await tinyAssembly(more));
  const lines: string[] = [];
  const warnings: string[] = [];
  const stack = resources.use(
    await startLocalStack({
      assembly,
      environment: {},
      onLog: (line) => lines.push(line),
      onWarning: (warning) => warnings.push(warning),
      ...options,
    }),
  );
  const owned = resources.move();
  return { ...stack, lines, warnings, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function ask(stack: LocalStack, token?: string) {
  const response = await fetch(`${stack.apiUrl}/ask`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function send(stack: LocalStack, output: string, body: string) {
  return stack.sqs.send(
    new SendMessageCommand({
      QueueUrl: stack.outputs[output],
      MessageBody: body,
      MessageGroupId: 'g',
      MessageDeduplicationId: body,
    }),
  );
}

/** Whether something listens there; an address that cannot be reached has nobody who listens. */
function isListening(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port });
  const end = (answer: boolean) => () => {
    socket.destroy();
    resolve(answer);
  };
  socket.on('connect', end(true)).on('error', end(false));
  return promise;
}

describe.concurrent('the embedded stack', () => {
  it('serves the API of the template to who has a token, and to nobody else', async () => {
    await using stack = await start();
    expect(stack.outputs['ApiUrl']).toBe(stack.apiUrl);
    expect((await ask(stack)).status).toBe(401);
    const { status, body } = await ask(stack, await stack.mintToken(ann));
    expect(status).toBe(200);
    expect(body['who']).toMatchObject(ann);
  });

  it('tells a function of its queues, its table and the services, as the template says', async () => {
    await using stack = await start();
    const { body } = await ask(stack, await stack.mintToken(ann));
    expect(body['variables']).toMatchObject({
      WORK_URL: stack.outputs['WorkUrl'],
      TABLE: 'Items',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_SQS: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      AWS_ENDPOINT_URL_SSM: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
  });

  it('feeds the function from its queue', async () => {
    await using stack = await start();
    await send(stack, 'WorkUrl', 'hello');
    await expect.poll(() => stack.lines).toContain('Worker fed with hello');
  });

  it('makes queues with the attributes of the template, and their redrive policy', async () => {
    await using stack = await start();
    const { Attributes = {} } = await stack.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: stack.outputs['WorkUrl'], AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      FifoQueue: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      VisibilityTimeout: '600',
    });
    expect(JSON.parse(Attributes['RedrivePolicy'] ?? '')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:Dead.fifo',
      maxReceiveCount: 3,
    });
  });

  it('warns of a resource that it does not have, by its name and type', async () => {
    await using stack = await start();
    expect(stack.warnings).toEqual([expect.stringMatching(/^Steps \(AWS::StepFunctions::StateMachine\)/)]);
  });

  it('runs its schedules when it is told to, and waits for them', async () => {
    await using stack = await start();
    await stack.runSchedules();
    await expect
      .poll(() => stack.lines)
      .toContainEqual(
        expect.stringMatching(/^Worker run by arn:aws:events:us-east-1:000000000000:rule\/Hourly at \d{4}-/),
      );
  });

  it('tells of a scheduled run that fails', async () => {
    const broken = {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Key: 'c0de.zip' }, Handler: 'index.none' },
    };
    const rule = {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        Targets: [{ Arn: { 'Fn::GetAtt': ['Broken', 'Arn'] }, Id: 'Target0' }],
      },
    };
    await using stack = await start({}, { Broken: broken, Daily: rule });
    await stack.runSchedules();
    expect(stack.lines).toContainEqual(expect.stringMatching(/^FunctionCrashError: Broken died/));
  });

  it('refuses the routes of an authorizer that it does not have, and says so', async () => {
    const Properties = {
      RouteKey: 'GET /signed',
      Target: 'integrations/Call',
      AuthorizationType: 'AWS_IAM',
    };
    await using stack = await start({}, { Signed: { Type: 'AWS::ApiGatewayV2::Route', Properties } });
    expect(stack.warnings).toContainEqual(expect.stringMatching(/^GET \/signed .* AWS_IAM/));
    const headers = { authorization: `Bearer ${await stack.mintToken(ann)}` };
    expect((await fetch(`${stack.apiUrl}/signed`, { headers })).status).toBe(403);
  });

  it('listens on 127.0.0.1 only, with everything that it starts', async () => {
    await using stack = await start();
    const services = await Promise.all(
      [stack.sqs, stack.dynamodb, stack.ssm].map((client) => client.config.endpoint?.()),
    );
    const ports = [Number(new URL(stack.apiUrl).port), ...services.map((service) => service?.port ?? 0)];
    for (const port of ports) {
      expect(await isListening('127.0.0.1', port)).toBe(true);
      expect(await isListening('127.0.0.2', port)).toBe(false);
      expect(await isListening('::1', port)).toBe(false);
    }
  });

  it('uses a service whose endpoint it is given, in place of its own', async () => {
    await using parameters = await startParameterEmulator({});
    await using stack = await start({ environment: { AWS_ENDPOINT_URL_SSM: parameters.endpoint } });
    expect(parameters.store.get('/tiny/colour')?.versions.at(-1)?.value).toBe('green');
    const { body } = await ask(stack, await stack.mintToken(ann));
    expect(body['variables']).toMatchObject({ AWS_ENDPOINT_URL_SSM: parameters.endpoint });
  });

  it('leaves nothing running when it is stopped', async () => {
    const stack = await start();
    const port = Number(new URL(stack.apiUrl).port);
    await stack[Symbol.asyncDispose]();
    expect(await isListening('127.0.0.1', port)).toBe(false);
  });
});

describe.concurrent('options', () => {
  const assembly = { stackName: 'none', template: { Resources: {} }, assetFolders: new Map() };
  const model = { name: 'openai-compatible:small', url: 'http://127.0.0.1:1/v1' };

  it.each([
    ['a name that is none', { prot: 4500 }, /Unrecognized key: "prot"/],
    ['a port that is none', { port: 65_536 }, /at port/],
    [
      'an origin with a path',
      { corsOrigins: ['https://chat.example/'] },
      /must be an origin[^✖]* at corsOrigins\[0\]/,
    ],
    ['another lease store', { leaseStore: 'redis' }, /at leaseStore/],
    ['a model without a server', { model: { name: model.name } }, /at model\.url/],
    ['a model in the clear', { model: { ...model, url: 'http://a.example/v1' } }, /https[^✖]* at model\.url/],
    ['a listener that is none', { onLog: 'stdout' }, /must be a function\s+→ at onLog/],
    ['a lease store for what is synthesized', { assembly, leaseStore: 'upstash' }, /assembly is synthesized/],
    ['a model for what is synthesized', { assembly, model }, /assembly is synthesized/],
    ['context for what is synthesized', { assembly, context: { a: 'b' } }, /assembly is synthesized/],
  ])('are refused for %s', async (_what, options, message) => {
    const refused = startLocalStack(options as LocalStackOptions);
    await expect(refused).rejects.toThrow(InvalidOptionsError);
    await expect(refused).rejects.toThrow(message);
  });

  it('have a model that must answer, before anything slow is done', async () => {
    const steps: string[] = [];
    const started = startLocalStack({ model, onStepBegin: (step) => steps.push(step) });
    await expect(started).rejects.toThrow(`Nothing answers at ${model.url}`);
    expect(steps).toEqual([]);
  });
});

describe.concurrent('a start that fails', () => {
  it('names the port that is in use, and leaves its data folder to the next', async () => {
    await using folder = await temporaryFolder();
    await using first = await start();
    const port = Number(new URL(first.apiUrl).port);
    const second = start({ port, dataFolder: folder.path });
    await expect(second).rejects.toThrow(PortInUseError);
    await expect(second).rejects.toThrow(`Port ${port} is in use`);
    await using _again = await start({ dataFolder: folder.path });
  });

  it('leaves nothing running that it had begun to start, so that the next can use the folder', async () => {
    await using folder = await temporaryFolder();
    const damaged = path.join(folder.path, 'parameters.json');
    await writeFile(damaged, '[{');
    await expect(start({ dataFolder: folder.path })).rejects.toThrow(`${damaged} cannot be used`);
    await rm(damaged);
    await using _again = await start({ dataFolder: folder.path });
  });

  it('leaves nothing running when the last thing that it reads is wrong', async () => {
    await using folder = await temporaryFolder();
    await using tiny = await tinyAssembly();
    const template = { ...tiny.template, Outputs: { Lost: { Value: { Ref: 'Nothing' } } } };
    const failed = start({ dataFolder: folder.path, assembly: { ...tiny, template } });
    await expect(failed).rejects.toThrow('refers to Nothing');
    await using _again = await start({ dataFolder: folder.path });
  });

  it.each(['emulators', 'queues', 'table', 'parameters'])(
    'leaves nothing running when it is stopped after the step %s',
    async (last) => {
      await using folder = await temporaryFolder();
      const abort = new AbortController();
      const reason = new Error('the user has gone');
      const stopped = start({
        dataFolder: folder.path,
        signal: abort.signal,
        onStepEnd: (step) => step === last && abort.abort(reason),
      });
      await expect(stopped).rejects.toBe(reason);
      await using _again = await start({ dataFolder: folder.path });
    },
  );

  it('names the process that uses the data folder', async () => {
    await using folder = await temporaryFolder();
    await using _first = await start({ dataFolder: folder.path });
    const second = start({ dataFolder: folder.path });
    await expect(second).rejects.toThrow(DataFolderInUseError);
    await expect(second).rejects.toThrow(`Process ${process.pid} uses the data folder ${folder.path}`);
  });

  it.each([
    [
      'Broken',
      { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'long' } },
      /Broken \(AWS::SQS::Queue\).*VisibilityTimeout/,
    ],
    [
      'Lost',
      {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { S3Key: 'gone.zip' }, Handler: 'index.handler' },
      },
      /code of Lost is not among the assets/,
    ],
    [
      'Feed',
      {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] }, FunctionName: 'Nobody' },
      },
      /Feed feeds Nobody, which is not in the template/,
    ],
    [
      'Ask',
      { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'GET /', Target: 'integrations/None' } },
      /Ask leads to no function of the template/,
    ],
    [
      'Colour',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Value: { 'Fn::ImportValue': 'other' } } },
      /cannot carry out Fn::ImportValue/,
    ],
    [
      'Hourly',
      { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 hours)' } },
      /Hourly has the schedule rate\(1 hours\)/,
    ],
  ])('names the resource at fault: %s', async (logicalId, resource, message) => {
    const failed = start({}, { [logicalId]: resource });
    await expect(failed).rejects.toThrow(TemplateError);
    await expect(failed).rejects.toThrow(message);
  });

  it('says why it was stopped, whatever else goes wrong at the same time', async () => {
    const abort = new AbortController();
    const reason = new Error('the user has gone');
    const port = {
      signal: abort.signal,
      onStepBegin: (step: string) => step === 'queues' && abort.abort(reason),
    };
    const started = start({ ...port, environment: { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' } });
    await expect(started).rejects.toBe(reason);
  });

  it('stops between two steps when it is told to, with the reason that it was given', async () => {
    const abort = new AbortController();
    const steps: string[] = [];
    const started = start({
      signal: abort.signal,
      onStepBegin: (step) => steps.push(step),
      onStepEnd: () => abort.abort(new Error('the user has gone')),
    });
    await expect(started).rejects.toThrow('the user has gone');
    expect(steps).toEqual(['emulators']);
  });
});

describe.concurrent('a data folder', () => {
  it('keeps messages, items, parameters and tokens over a restart', async () => {
    await using folder = await temporaryFolder();
    const dataFolder = folder.path;
    const kept = { pk: { S: 'kept' }, part: { S: 'p' }, atMs: { N: '7' } };
    let token: string;
    {
      await using stack = await start({ dataFolder });
      token = await stack.mintToken(ann);
      await send(stack, 'DeadUrl', 'kept');
      await stack.dynamodb.send(new PutItemCommand({ TableName: 'Items', Item: kept }));
      await stack.ssm.send(
        new PutParameterCommand({ Name: '/tiny/colour', Value: 'blue', Overwrite: true, Type: 'String' }),
      );
    }
    await using stack = await start({ dataFolder });
    expect((await ask(stack, token)).status).toBe(200);
    const { Messages = [] } = await stack.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: stack.outputs['DeadUrl'] }),
    );
    expect(Messages.map(({ Body }) => Body)).toEqual(['kept']);
    const { Item } = await stack.dynamodb.send(
      new GetItemCommand({ TableName: 'Items', Key: { pk: { S: 'kept' } } }),
    );
    expect(Item).toEqual(kept);
    const { Items } = await stack.dynamodb.send(
      new QueryCommand({
        TableName: 'Items',
        IndexName: 'due',
        KeyConditionExpression: 'part = :part',
        ExpressionAttributeValues: { ':part': kept.part },
      }),
    );
    expect(Items).toEqual([kept]);
    const { Parameter } = await stack.ssm.send(new GetParameterCommand({ Name: '/tiny/colour' }));
    expect(Parameter).toMatchObject({ Value: 'blue', Version: 2 });
  });

  it('takes what the template has on top at the next start', async () => {
    await using folder = await temporaryFolder();
    const dataFolder = folder.path;
    await (await start({ dataFolder }))[Symbol.asyncDispose]();
    const more = {
      Size: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/tiny/size', Value: '7' } },
      More: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
    };
    await using stack = await start({ dataFolder }, more);
    const { Parameter } = await stack.ssm.send(new GetParameterCommand({ Name: '/tiny/size' }));
    expect(Parameter?.Value).toBe('7');
    const { TableNames } = await stack.dynamodb.send(new ListTablesCommand({}));
    expect(TableNames).toEqual(['Items', 'More']);
  });

  it('is refused when its table lacks an index of the template: nothing in it is changed', async () => {
    await using folder = await temporaryFolder();
    const dataFolder = folder.path;
    const older = {
      Items: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
    };
    const Item = { pk: { S: 'kept' } };
    {
      await using stack = await start({ dataFolder }, older);
      await stack.dynamodb.send(new PutItemCommand({ TableName: 'Items', Item }));
    }
    const newer = start({ dataFolder });
    await expect(newer).rejects.toThrow(TableOutdatedError);
    await expect(newer).rejects.toThrow(/table Items .* index due .* Choose another folder with --data/);
    await using stack = await start({ dataFolder }, older);
    const kept = await stack.dynamodb.send(new GetItemCommand({ TableName: 'Items', Key: Item }));
    expect(kept.Item).toEqual(Item);
  });
});
