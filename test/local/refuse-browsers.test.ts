import { request } from 'node:http';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startEventBusEmulator,
  startParameterEmulator,
  startQueueEmulator,
  startTableEmulator,
} from '../../local/emulators/index.ts';
import { startRedisRest } from '../../local/emulators/redis-rest/start-redis-rest.ts';
import { startLocalStack } from '../../local/index.ts';
import { tinyAssembly } from './tiny-stack.ts';

interface Answer {
  readonly status: number;
  readonly allowed: string[];
}

/** As it is written: `fetch` would not let us say where a request comes from. */
function send(url: string, method: string, headers: Record<string, string>, body = ''): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  request(url, { method, headers }, (response) => {
    const allowed = Object.keys(response.headers).filter((name) => name.startsWith('access-control-'));
    response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, allowed }));
  })
    .on('error', reject)
    .end(body);
  return promise;
}

const write = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
  'x-amz-target': 'DynamoDB_20120810.ListTables',
  'content-type': 'application/x-amz-json-1.0',
};

const starts = {
  table: () => startTableEmulator({}),
  queues: () => startQueueEmulator({}),
  parameters: () => startParameterEmulator({}),
  events: () => startEventBusEmulator(),
  async redis() {
    const redis = await startRedisRest('');
    return { endpoint: redis.url, [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose]() };
  },
};

describe.each(Object.entries(starts))('the emulator of %s', (_name, startOne) => {
  let emulator: Awaited<ReturnType<typeof startOne>>;
  beforeAll(async () => {
    emulator = await startOne();
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page of this machine', { origin: 'http://localhost:5173' }],
    ['a page that hides where it is', { origin: 'null' }],
    ['an image of another site', { 'sec-fetch-site': 'cross-site' }],
    ['an address that was typed into a browser', { 'sec-fetch-site': 'none' }],
    ['a link', { referer: 'https://evil.example/' }],
  ])('serves nothing to %s, and allows it nothing', async (_who, headers) => {
    for (const method of ['POST', 'GET', 'OPTIONS']) {
      const { status, allowed } = await send(
        emulator.endpoint,
        method,
        { ...write, ...headers },
        method === 'POST' ? '{}' : '',
      );
      expect({ status, allowed }).toEqual({ status: 403, allowed: [] });
    }
  });

  it('serves nothing to a page whose name was made to mean this machine', async () => {
    const { port } = new URL(emulator.endpoint);
    for (const host of [
      `evil.example:${port}`,
      'evil.example',
      '127.0.0.1',
      `127.0.0.1.evil.example:${port}`,
    ]) {
      expect(await send(emulator.endpoint, 'POST', { ...write, host }, '{}')).toMatchObject({ status: 403 });
    }
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('has no answer to %s', async (method) => {
    expect(await send(emulator.endpoint, method, write)).toEqual({ status: 405, allowed: [] });
  });

  it('answers a program', async () => {
    const { status, allowed } = await send(emulator.endpoint, 'POST', write, '{}');
    expect(status).not.toBe(403);
    expect(allowed).toEqual([]);
  });
});

it('the emulators of a stack answer its own clients', async () => {
  await using assembly = await tinyAssembly();
  await using stack = await startLocalStack({ assembly, environment: {} });
  expect((await stack.dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual(['Items']);
  expect((await stack.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2);
});
