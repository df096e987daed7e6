import { expect, it } from 'vitest';
import { dynamodbClient, eventbridgeClient, sqsClient, ssmClient } from '../../lib/lambda/aws-clients.ts';

it.each([
  ['Commit.1/PT/NO-OP/2.36.0/PTEnv/AWS_Lambda_nodejs24.x', 'Commit.1'],
  ['Commit.1', 'Commit.1'],
  ['PT/NO-OP/2.36.0/PTEnv/NA', undefined],
  [undefined, undefined],
])('with AWS_SDK_UA_APP_ID = %s, requests give the name %s', async (variable, name) => {
  for (const makeClient of [dynamodbClient, eventbridgeClient, sqsClient, ssmClient]) {
    const client = makeClient({ AWS_SDK_UA_APP_ID: variable });
    expect(await client.config.userAgentAppId()).toBe(name);
  }
});
