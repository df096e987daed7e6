import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { modelEnvironment, modelFromEnvironment } from '../../lib/lambda/model-from-environment.ts';
import { readEnvironment } from '../../lib/lambda/read-environment.ts';
import { localAws } from '../../local/aws/index.ts';
import { startParameterEmulator } from '../../local/emulators/index.ts';
import { forever, said } from '../model/language/asking.ts';
import { modelServer } from '../model/language/model-server.ts';
import { saying } from '../model/language/replies.ts';
import { fakeClock } from '../support/fake-clock.ts';

const clock = fakeClock();
const schema = z.object(modelEnvironment);
const ssm = new SSMClient({ ...localAws, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
const make = (variables: Readonly<Record<string, string>>, client = ssm) =>
  modelFromEnvironment(readEnvironment(schema, variables), { ssm: client, clock });

test('a function has the model that its environment names', () => {
  expect(make({ MODEL: 'bedrock:amazon.nova-2-lite-v1:0' }).name).toBe('bedrock:amazon.nova-2-lite-v1:0');
  expect(make({ MODEL: 'offline' }).name).toMatch(/^offline/);
});

test.each([
  [{}, 'MODEL'],
  [{ MODEL: 'claude' }, 'no known provider'],
  [{ MODEL: 'openai-compatible:small' }, 'base URL'],
  [{ MODEL: 'offline', MODEL_KEY_PARAMETER: 'key' }, 'MODEL_KEY_PARAMETER'],
  [{ MODEL: 'bedrock:x', MODEL_CONTEXT_WINDOW_TOKENS: 'many' }, 'MODEL_CONTEXT_WINDOW_TOKENS'],
  [{ MODEL: 'bedrock:x', MODEL_CONTEXT_WINDOW_TOKENS: '10' }, 'at least 8000'],
])('a function does not start with %j: %s', (variables, problem) => {
  expect(() => make(variables)).toThrow(problem);
});

test('the key is in the parameter that the environment names, and marks cannot be guessed', async () => {
  await using parameters = await startParameterEmulator({});
  await using server = await modelServer(() => saying('fine'));
  const client = new SSMClient({ ...localAws, endpoint: parameters.endpoint, maxAttempts: 1 });
  const model = make(
    {
      MODEL: 'openai-compatible:small',
      MODEL_BASE_URL: server.baseUrl,
      MODEL_KEY_PARAMETER: '/secrets/model-key',
    },
    client,
  );
  const summarise = () => model.summarise({ messages: said('hello'), signal: forever });
  await expect(summarise()).rejects.toMatchObject({ code: 'secret-unavailable', retry: { retryable: true } });
  await client.send(
    new PutParameterCommand({ Name: '/secrets/model-key', Value: 'key-1', Type: 'SecureString' }),
  );
  for (let call = 1; call <= 2; call += 1) await summarise();
  expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer key-1', 'Bearer key-1']);
  const marks = server.asked.map(
    ({ messages }) => /\[([0-9a-f]{16}) begin conversation\]/.exec(messages.at(-1)?.content ?? '')?.[1],
  );
  expect(marks[0]).toBeDefined();
  expect(marks[1]).toBeDefined();
  expect(marks[0]).not.toBe(marks[1]);
  client.destroy();
});
