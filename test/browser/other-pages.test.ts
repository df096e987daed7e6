import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from '../../local/index.ts';
import { tinyAssembly } from '../local/tiny-stack.ts';
import { chromiumProgram } from './browser.ts';

const executablePath = await chromiumProgram();
/** CI must have a chromium; other machines may do without. */
const isWithout = executablePath === undefined && process.env['CI'] === undefined;
const cors = {
  AllowOrigins: ['http://localhost'],
  AllowMethods: ['*'],
  AllowHeaders: ['authorization', 'content-type'],
};

/** Serves an empty page, at whatever name. */
async function pages() {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>page</title>'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Asked {
  readonly method?: string;
  readonly mode?: 'no-cors';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What a page hears of a request: its status, or that it may not know. */
const ask = (page: Page, url: string, init: Asked) =>
  page.evaluate(
    async ([address, options]) => {
      try {
        return String((await fetch(address, options)).status);
      } catch (error) {
        return String(error);
      }
    },
    [url, init] as const,
  );

describe.skipIf(isWithout)('a page in a browser of this machine', () => {
  const resources = new AsyncDisposableStack();
  let browser: Browser;
  let stack: LocalStack;
  let port: number;

  beforeAll(async () => {
    const assembly = resources.use(
      await tinyAssembly({
        Api: {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: { ProtocolType: 'HTTP', CorsConfiguration: cors },
        },
      }),
    );
    stack = resources.use(await startLocalStack({ assembly, environment: {} }));
    ({ port } = resources.use(await pages()));
    browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      chromiumSandbox: false,
      // Names that mean this machine, as a name of an attacker may.
      args: ['--host-resolver-rules=MAP *.example 127.0.0.1'],
    });
    resources.defer(() => browser.close());
  });
  afterAll(() => resources.disposeAsync());

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  }

  it('calls the API when it is of this machine, and not when it is of another site', async () => {
    const headers = { authorization: `Bearer ${await stack.mintToken({ tenant: 'acme', sub: 'ann' })}` };
    const own = await open(`http://localhost:${port}/`);
    expect(await ask(own, `${stack.apiUrl}/ask`, { headers })).toBe('200');
    const other = await open(`http://evil.example:${port}/`);
    expect(await ask(other, `${stack.apiUrl}/ask`, { headers })).toMatch(/TypeError/);
  });

  const scan = async () => (await stack.dynamodb.send(new ScanCommand({ TableName: 'Items' }))).Items ?? [];
  const steal = { TableName: 'Items', Item: { pk: { S: 'stolen' } } };

  it.each(['http://evil.example', 'http://localhost'])('writes nothing past the API: %s', async (site) => {
    await stack.dynamodb.send(new PutItemCommand({ TableName: 'Items', Item: { pk: { S: 'kept' } } }));
    const page = await open(`${site}:${port}/`);
    const target =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d';
    for (const endpoint of Object.values(stack.endpoints)) {
      const body = JSON.stringify(steal);
      for (const init of [
        {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/x-amz-json-1.0',
            'x-amz-target': 'DynamoDB_20120810.PutItem',
          },
        },
        { method: 'POST', body },
        { method: 'GET' },
      ]) {
        expect(await ask(page, `${endpoint}/?${target}`, init)).toMatch(/TypeError/);
      }
      // What a page may always send, and never read: whether it was heard, only the table tells.
      await ask(page, `${endpoint}/?${target}`, { method: 'POST', mode: 'no-cors', body });
    }
    expect(await scan()).toEqual([{ pk: { S: 'kept' } }]);
  });

  it('is refused by the emulators at any other name of theirs, and in the line of addresses', async () => {
    for (const endpoint of Object.values(stack.endpoints)) {
      const page = await browser.newPage();
      const { port: own } = new URL(endpoint);
      for (const url of [`http://evil.example:${own}/`, endpoint]) {
        expect((await page.goto(url))?.status()).toBe(403);
      }
    }
  });
});
