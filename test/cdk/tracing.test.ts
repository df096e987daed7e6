import { expect, it } from 'vitest';
import { synthesised } from './synthesised.ts';

const layer = 'arn:aws:lambda:eu-central-1:615299751070:layer:AWSOpenTelemetryDistroJs:9';

it('with a layer, every function starts with it', () => {
  const functions = synthesised({ tracingLayer: layer })
    .resources('AWS::Lambda::Function')
    .filter(({ logicalId }) => /^(Api|AutoCommit|Commit|Events|FollowUp)Function/.test(logicalId));
  expect(functions).toHaveLength(5);
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({
      Layers: [layer],
      Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument' } },
    });
  }
});

it('without one, no function has any', () => {
  for (const { Properties } of synthesised().resources('AWS::Lambda::Function')) {
    expect(Properties).not.toHaveProperty('Layers');
  }
});
