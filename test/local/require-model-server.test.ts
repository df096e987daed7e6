import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requireModelServer } from '../../local/stack/require-model-server.ts';

const never = new AbortController().signal;

async function server() {
  const asked: (string | undefined)[] = [];
  const one = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(401).end();
  });
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  return {
    asked,
    url: `http://127.0.0.1:${(one.address() as AddressInfo).port}/v1`,
    async [Symbol.asyncDispose]() {
      if (!one.listening) return;
      one.close();
      one.closeAllConnections();
      await once(one, 'close');
    },
  };
}

describe('the server of a model', () => {
  it('is there when it answers, whatever it says', async () => {
    await using one = await server();
    await requireModelServer(one.url, '--model-url', never);
    await requireModelServer(`${one.url}/`, '--model-url', never);
    expect(one.asked).toEqual(['/v1/models', '/v1/models']);
  });

  it('is named when it does not answer, with what to do', async () => {
    const one = await server();
    await one[Symbol.asyncDispose]();
    await expect(requireModelServer(one.url, '--embedding-url', never)).rejects.toThrow(
      new RegExp(`Nothing answers at ${one.url} \\(.*ECONNREFUSED.*\\)\\. .*--embedding-url`),
    );
  });

  it('is not waited for by whoever has been stopped', async () => {
    await using one = await server();
    const reason = new Error('enough');
    await expect(requireModelServer(one.url, '--model-url', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
