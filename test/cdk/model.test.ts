import { beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf } from './permissions.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

const compatible = { model: 'openai-compatible:small', modelUrl: 'https://models.example/v1' };

function variablesOf(stack: Synthesised, name: string): Record<string, unknown> {
  const { Environment } = stack.resource('AWS::Lambda::Function', name).Properties;
  const { Variables } = Environment as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).filter(([key]) => key.startsWith('MODEL')));
}

const permitted = (stack: Synthesised, name: string) =>
  permissionsOf(stack, name).filter(
    ({ actions }) => actions.includes('ssm:GetParameter') || actions.includes('bedrock:InvokeModel'),
  );

let byDefault: Synthesised;
beforeAll(() => {
  byDefault = synthesised();
});

describe('the filter for secrets', () => {
  const redactOf = (stack: Synthesised, name: string) =>
    (
      stack.resource('AWS::Lambda::Function', name).Properties['Environment'] as {
        Variables: Record<string, unknown>;
      }
    ).Variables['REDACT'];

  it('is for what is remembered by default, and of concern to functions that enter memories alone', () => {
    expect(redactOf(byDefault, 'FollowUpFunction')).toBe('memories');
    expect(redactOf(byDefault, 'ApiFunction')).toBe('memories');
    expect(redactOf(byDefault, 'CommitFunction')).toBeUndefined();
  });

  it.each(['model', 'off'])('can be %s', (redact) => {
    expect(redactOf(synthesised({ redact }), 'FollowUpFunction')).toBe(redact);
  });

  it('is nothing else', () => {
    expect(() => synthesised({ redact: 'everything' })).toThrow(/commitlane:redact .*model.*memories.*off/);
  });
});

describe('the model', () => {
  it('is a small one of Bedrock by default, and of no concern to other functions', () => {
    expect(variablesOf(byDefault, 'FollowUpFunction')).toEqual({
      MODEL: 'bedrock:global.amazon.nova-2-lite-v1:0',
    });
    for (const name of ['ApiFunction', 'CommitFunction']) {
      expect(variablesOf(byDefault, name)).toEqual({});
      expect(permitted(byDefault, name)).toEqual([]);
    }
  });

  it.each([
    [
      'amazon.nova-lite-v1:0',
      [{ on: expect.stringMatching(/^(bedrock:.*)?:?:foundation-model\/amazon\.nova-lite-v1:0$/) }],
    ],
    [
      'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
      [
        { on: 'inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0' },
        {
          on: 'bedrock:*::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0',
          where: {
            'bedrock:InferenceProfileArn': 'inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
          },
        },
      ],
    ],
    [
      'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc',
      [
        { on: 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc' },
        {
          on: 'bedrock:*::foundation-model/*',
          where: {
            'bedrock:InferenceProfileArn':
              'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc',
          },
        },
      ],
    ],
    [
      'arn:aws:bedrock:eu-west-1:111122223333:provisioned-model/abc',
      [{ on: 'arn:aws:bedrock:eu-west-1:111122223333:provisioned-model/abc' }],
    ],
  ])('of Bedrock may be another, and it alone may be called: %s', (id, expected) => {
    const stack = synthesised({ model: `bedrock:${id}` });
    expect(variablesOf(stack, 'FollowUpFunction')).toEqual({ MODEL: `bedrock:${id}` });
    expect(permitted(stack, 'FollowUpFunction')).toEqual(
      expected.map((one) => ({ actions: ['bedrock:InvokeModel'], ...one })),
    );
  });

  it('may be on a server of one’s own, whose key is in a parameter that only the follow-up reads', () => {
    const stack = synthesised({
      ...compatible,
      modelKeyParameter: '/chat/model-key',
      modelContextWindowTokens: '64000',
    });
    expect(variablesOf(stack, 'FollowUpFunction')).toEqual({
      MODEL: 'openai-compatible:small',
      MODEL_BASE_URL: 'https://models.example/v1',
      MODEL_KEY_PARAMETER: '/chat/model-key',
      MODEL_CONTEXT_WINDOW_TOKENS: '64000',
    });
    expect(permitted(stack, 'FollowUpFunction')).toEqual([
      { actions: ['ssm:GetParameter'], on: 'parameter/chat/model-key' },
    ]);
  });

  it('may be offline, and then nothing is called', () => {
    const stack = synthesised({ model: 'offline' });
    expect(variablesOf(stack, 'FollowUpFunction')).toEqual({ MODEL: 'offline' });
    expect(permitted(stack, 'FollowUpFunction')).toEqual([]);
  });

  it.each([
    [{ model: 'claude' }, "commitlane:model is wrong: Model 'claude' has no known provider"],
    [{ model: 'bedrock:' }, 'commitlane:model is wrong'],
    [{ model: 'openai-compatible:small' }, 'commitlane:modelUrl is missing'],
    [{ ...compatible, modelUrl: 'models.example' }, 'commitlane:modelUrl must be the base URL'],
    [{ ...compatible, modelUrl: 'http://models.example/v1' }, 'commitlane:modelUrl must be the base URL'],
    [{ ...compatible, modelKeyParameter: 'key' }, 'commitlane:modelKeyParameter must be the full name'],
    [
      { ...compatible, modelKeyParameter: '/commitlane/dev/key' },
      'commitlane:modelKeyParameter must not be under /commitlane/dev/',
    ],
    [{ modelUrl: 'https://models.example/v1' }, 'commitlane:modelUrl is given, but the model is not'],
    [{ modelKeyParameter: '/chat/key' }, 'commitlane:modelKeyParameter is given, but the model is not'],
    [{ modelContextWindowTokens: '4000' }, 'commitlane:modelContextWindowTokens'],
  ])('is refused where the settings do not fit together: %j', (settings, problem) => {
    expect(() => synthesised(settings)).toThrow(problem);
  });
});
