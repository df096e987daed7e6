import { beforeAll, describe, expect, it } from 'vitest';
import { parseOutputs } from '../../operator/target/index.ts';
import { permissionsOf } from './permissions.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

const titan = { embeddingModel: 'bedrock:amazon.titan-embed-text-v2:0' };
const compatible = {
  embeddingModel: 'openai-compatible:bge-m3',
  embeddingUrl: 'https://models.example/v1',
  embeddingDimensions: '1024',
};

function variablesOf(stack: Synthesised, name: string): Record<string, unknown> {
  const { Environment } = stack.resource('AWS::Lambda::Function', name).Properties;
  const { Variables } = Environment as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).filter(([key]) => key.startsWith('EMBEDDING')));
}

const permitted = (stack: Synthesised, name: string) =>
  permissionsOf(stack, name).filter(({ actions }) =>
    ['ssm:GetParameter', 'bedrock:InvokeModel', 'dynamodb:SearchVectors'].some((one) =>
      actions.includes(one),
    ),
  );

const outputsOf = ({ Outputs }: Synthesised) =>
  Object.fromEntries(
    Object.entries(Outputs)
      .filter(([name]) => /^(Embedding|Redact)/.test(name))
      .map(([name, output]) => [name, (output as { Value: unknown }).Value]),
  );

describe('finding by meaning', () => {
  let byDefault: Synthesised;
  beforeAll(() => {
    byDefault = synthesised({ model: 'offline' });
  });

  it('is off by default: no function is told, allowed or charged anything for it', () => {
    for (const name of ['ApiFunction', 'FollowUpFunction', 'CommitFunction', 'AutoCommitFunction']) {
      expect(variablesOf(byDefault, name)).toEqual({});
      expect(permitted(byDefault, name)).toEqual([]);
    }
    expect(outputsOf(byDefault)).toEqual({});
    const { Properties } = byDefault.resource('AWS::DynamoDB::GlobalTable');
    expect(Properties).not.toHaveProperty('VectorIndexes');
  });

  it('is for the follow-up, which embeds, and the API, which searches', () => {
    const stack = synthesised({ ...titan, model: 'offline' });
    const told = { EMBEDDING_MODEL: titan.embeddingModel, EMBEDDING_DIMENSIONS: '256' };
    const invoke = {
      actions: ['bedrock:InvokeModel'],
      on: expect.stringMatching(/:foundation-model\/amazon\.titan-embed-text-v2:0$/),
    };
    for (const name of ['ApiFunction', 'FollowUpFunction']) expect(variablesOf(stack, name)).toEqual(told);
    expect(permitted(stack, 'FollowUpFunction')).toEqual([invoke]);
    expect(permitted(stack, 'ApiFunction')).toEqual([
      { actions: ['dynamodb:SearchVectors'], on: '/index/by-meaning-256' },
      invoke,
    ]);
    for (const name of ['CommitFunction', 'AutoCommitFunction']) {
      expect(variablesOf(stack, name)).toEqual({});
      expect(permitted(stack, name)).toEqual([]);
    }
    const { Properties } = stack.resource('AWS::DynamoDB::GlobalTable');
    expect(Properties['VectorIndexes']).toMatchObject([{ IndexName: 'by-meaning-256', Dimensions: 256 }]);
  });

  it('may be by a server of one’s own, whose key is in a parameter that both functions read', () => {
    const stack = synthesised({
      ...compatible,
      embeddingKeyParameter: '/chat/embedding-key',
      model: 'offline',
      redact: 'model',
    });
    for (const name of ['ApiFunction', 'FollowUpFunction']) {
      expect(variablesOf(stack, name)).toEqual({
        EMBEDDING_MODEL: 'openai-compatible:bge-m3',
        EMBEDDING_BASE_URL: 'https://models.example/v1',
        EMBEDDING_KEY_PARAMETER: '/chat/embedding-key',
        EMBEDDING_DIMENSIONS: '1024',
      });
      expect(permitted(stack, name)).toContainEqual({
        actions: ['ssm:GetParameter'],
        on: 'parameter/chat/embedding-key',
      });
    }
    expect(outputsOf(stack)).toEqual({
      EmbeddingModel: 'openai-compatible:bge-m3',
      EmbeddingUrl: 'https://models.example/v1',
      EmbeddingKeyParameter: '/chat/embedding-key',
      EmbeddingDimensions: '1024',
      Redact: 'model',
    });
  });

  it('says of itself what the command line needs', () => {
    const others = {
      ApiUrl: 'https://api.example',
      TableName: 'table',
      LimitsPath: '/commitlane/dev',
      CommitQueueUrl: 'https://sqs.example/1',
      CommitDeadLetterQueueUrl: 'https://sqs.example/2',
      FollowUpQueueUrl: 'https://sqs.example/3',
      FollowUpDeadLetterQueueUrl: 'https://sqs.example/4',
      CommitFunctionTimeoutMs: '600000',
      FollowUpFunctionTimeoutMs: '900000',
      MaxReceiveCount: '5',
      LeaseStore: 'dynamodb',
      Model: 'offline',
    };
    const outputs = outputsOf(synthesised(titan)) as Record<string, string>;
    expect(parseOutputs('commitlane-dev', { ...others, ...outputs })).toMatchObject({
      EmbeddingModel: titan.embeddingModel,
      EmbeddingDimensions: 256,
      Redact: 'memories',
    });
    expect(parseOutputs('commitlane-dev', others)).not.toHaveProperty('EmbeddingModel');
  });

  it.each([
    [
      { embeddingModel: 'offline' },
      "commitlane:embeddingModel is wrong: Embedding model 'offline' has no known",
    ],
    [{ embeddingModel: 'bedrock:amazon.nova-2-lite-v1:0' }, 'is not a known embedding model of Bedrock'],
    [{ ...titan, embeddingDimensions: '300' }, 'no vectors of 300 dimensions: expected 256, 512, 1024'],
    [{ ...titan, embeddingDimensions: '0' }, 'commitlane:embeddingDimensions'],
    [{ ...compatible, embeddingDimensions: '4097' }, 'commitlane:embeddingDimensions'],
    [{ embeddingModel: 'openai-compatible:small' }, 'commitlane:embeddingUrl is missing'],
    [
      { ...compatible, embeddingUrl: 'http://models.example/v1' },
      'commitlane:embeddingUrl must be the base URL',
    ],
    [
      { ...compatible, embeddingKeyParameter: 'key' },
      'commitlane:embeddingKeyParameter must be the full name',
    ],
    [
      { ...compatible, embeddingKeyParameter: '/commitlane/dev/key' },
      'commitlane:embeddingKeyParameter must not be under /commitlane/dev/',
    ],
    [
      { ...titan, embeddingUrl: 'https://models.example/v1' },
      'commitlane:embeddingUrl is given, but the embedding',
    ],
    [
      { ...titan, embeddingKeyParameter: '/chat/key' },
      'commitlane:embeddingKeyParameter is given, but the embedding',
    ],
    [{ embeddingDimensions: '256' }, 'commitlane:embeddingDimensions is given, but embeddingModel is not'],
    [
      { embeddingUrl: 'https://models.example/v1' },
      'commitlane:embeddingUrl is given, but embeddingModel is not',
    ],
  ])('is refused where the settings do not fit together: %j', (settings, problem) => {
    expect(() => synthesised(settings)).toThrow(problem);
  });
});
