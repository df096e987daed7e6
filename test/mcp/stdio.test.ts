import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { commitlaneClient } from '../../lib/client/index.ts';
import { boundedCalls, serverBounds, serveStdio } from '../../mcp/index.ts';

function served({ signal = new AbortController().signal }: { readonly signal?: AbortSignal } = {}) {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const errors: unknown[] = [];
  const ended = serveStdio({
    ...{ stdin, stdout, signal, restriction: {}, calls: boundedCalls(1) },
    client: commitlaneClient({ baseUrl: 'https://api.example.com', token: 'token' }),
    onError: (error) => errors.push(error),
  });
  const said = ended.then(() => stdout.end()).then(() => text(stdout));
  return { stdin, stdout, said, errors };
}

const ping = { jsonrpc: '2.0', id: 7, method: 'ping' };

describe('the server on standard input and output', () => {
  it('ends with its input', async () => {
    const { stdin, said, errors } = served();
    stdin.end();
    expect(await said).toBe('');
    expect(errors).toEqual([]);
  });

  it('ends when it is stopped, before or while it serves', async () => {
    expect(await served({ signal: AbortSignal.abort() }).said).toBe('');
    const stop = new AbortController();
    const { said } = served({ signal: stop.signal });
    stop.abort();
    expect(await said).toBe('');
  });

  it('goes on after a line that is no message', async () => {
    const { stdin, stdout, said } = served();
    stdin.write('nonsense\n');
    stdin.write(`${JSON.stringify(ping)}\n`);
    const [answer] = await once(stdout, 'data');
    expect(JSON.parse(String(answer))).toEqual({ jsonrpc: '2.0', id: 7, result: {} });
    stdin.end();
    await said;
  });

  it('ends with a message that is too large, in place of keeping it', async () => {
    const { stdin, said, errors } = served();
    stdin.write('x'.repeat(serverBounds.maxMessageBytes + 1));
    expect(await said).toBe('');
    expect(errors).toMatchObject([{ message: expect.stringMatching(/maximum size|exceed/i) }]);
  });
});
