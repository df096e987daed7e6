import path from 'node:path';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { startParameterEmulator } from '../../local/emulators/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function server(options: { readonly file?: string } = {}) {
  const emulator = await startParameterEmulator(options);
  const client = new SSMClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    client,
    endpoint: emulator.endpoint,
    put: (Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more })),
    get: async (Name: string) => (await client.send(new GetParameterCommand({ Name }))).Parameter,
    /** The names under a path, page by page. */
    async pages(Path: string, more: { Recursive?: boolean; MaxResults?: number } = {}) {
      const pages: string[][] = [];
      let NextToken: string | undefined;
      do {
        const answer = await client.send(new GetParametersByPathCommand({ Path, NextToken, ...more }));
        pages.push((answer.Parameters ?? []).map(({ Name = '' }) => Name));
        NextToken = answer.NextToken;
      } while (NextToken);
      return pages;
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

describe('the parameter server', () => {
  it('gives back what was put, with its version', async () => {
    await using one = await server();
    expect(await one.put('/a/b', '1')).toMatchObject({ Version: 1, Tier: 'Standard' });
    expect(await one.get('/a/b')).toMatchObject({ Name: '/a/b', Value: '1', Type: 'String', Version: 1 });
    expect((await one.get('/a/b'))?.LastModifiedDate).toBeInstanceOf(Date);
  });

  it('overwrites nothing unless told to', async () => {
    await using one = await server();
    await one.put('/a', '1');
    await expect(one.put('/a', '2')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    expect(await one.get('/a')).toMatchObject({ Value: '1', Version: 1 });
    await one.put('/a', '2', { Overwrite: true });
    expect(await one.get('/a')).toMatchObject({ Value: '2', Version: 2 });
  });

  it('keeps every version, oldest first', async () => {
    await using one = await server();
    for (const value of ['x', 'y', 'z']) await one.put('/a', value, { Overwrite: true });
    const { Parameters = [] } = await one.client.send(new GetParameterHistoryCommand({ Name: '/a' }));
    expect(Parameters.map(({ Value, Version }) => [Value, Version])).toEqual([
      ['x', 1],
      ['y', 2],
      ['z', 3],
    ]);
  });

  it('takes only what matches the pattern, then and later', async () => {
    await using one = await server();
    const AllowedPattern = '^[0-9]+$';
    await expect(one.put('/n', 'one', { AllowedPattern })).rejects.toMatchObject({
      name: 'ParameterPatternMismatchException',
      message: expect.stringContaining(AllowedPattern),
    });
    await one.put('/n', '1', { AllowedPattern });
    await expect(one.put('/n', 'two', { Overwrite: true })).rejects.toMatchObject({
      name: 'ParameterPatternMismatchException',
    });
    expect(await one.get('/n')).toMatchObject({ Value: '1', Version: 1 });
  });

  it('refuses a pattern that is none', async () => {
    await using one = await server();
    await expect(one.put('/n', '1', { AllowedPattern: '(' })).rejects.toMatchObject({
      name: 'InvalidAllowedPatternException',
    });
  });

  it('gives several by name, and says which do not exist', async () => {
    await using one = await server();
    await one.put('/a', '1');
    const answer = await one.client.send(new GetParametersCommand({ Names: ['/a', '/b'] }));
    expect(answer.Parameters?.map(({ Name }) => Name)).toEqual(['/a']);
    expect(answer.InvalidParameters).toEqual(['/b']);
  });

  it('forgets what was deleted', async () => {
    await using one = await server();
    await one.put('/a', '1');
    await one.client.send(new DeleteParameterCommand({ Name: '/a' }));
    await expect(one.get('/a')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(one.client.send(new DeleteParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });
});

describe('the parameters under a path', () => {
  it('come ten at a time at most, each once, in order', async () => {
    await using one = await server();
    const names = Array.from({ length: 23 }, (_, index) => `/p/${String(index).padStart(2, '0')}`);
    for (const name of names.toReversed()) await one.put(name, 'v');
    const pages = await one.pages('/p');
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(pages.flat()).toEqual(names);
    expect((await one.pages('/p', { MaxResults: 4 })).map(({ length }) => length)).toEqual([
      4, 4, 4, 4, 4, 3,
    ]);
  });

  it('are those of that path: not of one that begins alike, and deeper ones only when asked for', async () => {
    await using one = await server();
    for (const name of ['/p/a', '/p/deep/b', '/pp/c', '/q/d']) await one.put(name, 'v');
    expect(await one.pages('/p')).toEqual([['/p/a']]);
    expect(await one.pages('/p/')).toEqual([['/p/a']]);
    expect(await one.pages('/p', { Recursive: true })).toEqual([['/p/a', '/p/deep/b']]);
    expect(await one.pages('/', { Recursive: true })).toEqual([['/p/a', '/p/deep/b', '/pp/c', '/q/d']]);
    expect(await one.pages('/none')).toEqual([[]]);
  });

  it('are not given for a token that this server did not make', async () => {
    await using one = await server();
    const asked = one.client.send(new GetParametersByPathCommand({ Path: '/', NextToken: 'page two' }));
    await expect(asked).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });
});

describe('a request that the parameter server does not understand', () => {
  it.each([
    [{ Name: '' }, /Name/],
    [{ Name: '/a', Value: '' }, /Value/],
    [{ Name: '/a', Value: 'x'.repeat(4097) }, /Value/],
  ])('is refused with the name of what is wrong: %#', async (input, message) => {
    await using one = await server();
    const put = one.client.send(new PutParameterCommand({ Value: 'v', ...input }));
    await expect(put).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('is refused by name when it is for an operation that there is not', async () => {
    await using one = await server();
    const asked = one.client.send(
      new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/a' }),
    );
    await expect(asked).rejects.toThrow(/no operation 'AmazonSSM.ListTagsForResource'/);
    const headers = { 'x-amz-target': 'AmazonSSM.toString' };
    const response = await fetch(one.endpoint, { method: 'POST', headers, body: '{}' });
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it.each([
    ['no JSON', '{'],
    ['more than a megabyte', ' '.repeat(1_100_000)],
  ])('is refused when it is %s', async (_what, body) => {
    await using one = await server();
    const headers = { 'x-amz-target': 'AmazonSSM.GetParameter' };
    const response = await fetch(one.endpoint, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: expect.stringMatching(/Exception$/) });
  });
});

describe('parameters in a file', () => {
  it('are there after a restart, with their versions and their patterns', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'parameters.json');
    {
      await using one = await server({ file });
      await one.put('/n', '1', { AllowedPattern: '^[0-9]+$' });
      await one.put('/n', '2', { Overwrite: true });
    }
    await using again = await server({ file });
    expect(await again.get('/n')).toMatchObject({ Value: '2', Version: 2 });
    await expect(again.put('/n', 'x', { Overwrite: true })).rejects.toMatchObject({
      name: 'ParameterPatternMismatchException',
    });
    expect(await again.put('/n', '3', { Overwrite: true })).toMatchObject({ Version: 3 });
  });

  it('are all there when many are put at once', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'parameters.json');
    const names = Array.from({ length: 20 }, (_, index) => `/p/${index}`);
    {
      await using one = await server({ file });
      await Promise.all(names.map((name) => one.put(name, 'v')));
    }
    await using again = await server({ file });
    expect((await again.pages('/p')).flat().toSorted()).toEqual(names.toSorted());
  });

  it('are not replaced by nothing when the file is damaged: the start fails and names it', async () => {
    await using folder = await temporaryFolder({ 'parameters.json': '[{"name":' });
    const file = path.join(folder.path, 'parameters.json');
    await expect(startParameterEmulator({ file })).rejects.toThrow(file);
  });
});
