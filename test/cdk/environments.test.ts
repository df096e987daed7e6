import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { apiEnvironment } from '../../functions/api/environment.ts';
import { autoCommitEnvironment } from '../../functions/auto-commit/environment.ts';
import { commitEnvironment } from '../../functions/commit/environment.ts';
import { eventsEnvironment } from '../../functions/events/environment.ts';
import { followUpEnvironment } from '../../functions/follow-up/environment.ts';
import { type Synthesised, synthesised } from './synthesised.ts';

const deployments = {
  'by default': {},
  'with all that can be set': {
    leaseStore: 'upstash',
    upstashUrl: 'https://lane-1.upstash.io',
    model: 'openai-compatible:small',
    modelUrl: 'https://models.example/v1',
    modelKeyParameter: '/chat/model-key',
    modelContextWindowTokens: '64000',
    embeddingModel: 'openai-compatible:bge-m3',
    embeddingUrl: 'https://models.example/v1',
    embeddingKeyParameter: '/chat/embedding-key',
    extraction: 'events/extraction/support.json',
    tracingLayer: 'arn:aws:lambda:eu-central-1:615299751070:layer:AWSOpenTelemetryDistroJs:9',
  },
};

const functions: readonly (readonly [name: string, schema: z.ZodObject])[] = [
  ['ApiFunction', apiEnvironment],
  ['AutoCommitFunction', autoCommitEnvironment],
  ['CommitFunction', commitEnvironment],
  ['EventsFunction', eventsEnvironment],
  ['FollowUpFunction', followUpEnvironment],
];

/** What is set for Node and for the runtime: no code of ours reads it. */
const NOT_OURS = ['NODE_OPTIONS', 'AWS_LAMBDA_EXEC_WRAPPER'];

/** The variables that a function is deployed with, once CloudFormation has put in names and addresses. */
function variablesOf(stack: Synthesised, name: string): Record<string, string> {
  const { Environment } = stack.resource('AWS::Lambda::Function', name).Properties;
  const { Variables } = Environment as { Variables: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(Variables)
      .filter(([variable]) => !NOT_OURS.includes(variable))
      .map(([variable, value]) => [variable, typeof value === 'string' ? value : resolved(stack, value)]),
  );
}

function resolved(stack: Synthesised, reference: unknown): string {
  const { Type, logicalId } = stack.referred(reference);
  return Type === 'AWS::SQS::Queue' ? `https://sqs.example/${logicalId}.fifo` : logicalId;
}

describe.each(Object.entries(deployments))('an environment that is deployed %s', (_deployment, settings) => {
  const stack = synthesised(settings);

  it.each(functions)('is what %s reads, and holds nothing that it does not', (name, schema) => {
    expect(() => schema.strict().parse(variablesOf(stack, name))).not.toThrow();
  });

  it.each(functions)('has all that %s cannot do without', (name, schema) => {
    const variables = variablesOf(stack, name);
    const optional = Object.keys(variables).filter((variable) => {
      const { [variable]: _left, ...others } = variables;
      return schema.safeParse(others).success;
    });
    expect(
      optional.filter(
        (variable) =>
          !/^(LIMITS_AT_DEPLOYMENT|LEASE_STORE|UPSTASH_.*|MODEL_.*|EMBEDDING_.*|EXTRACTION_FILE)$/.test(
            variable,
          ),
      ),
    ).toEqual([]);
  });
});
