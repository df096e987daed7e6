import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type ClientOptions, commitlaneClient, type EventsOptions } from '../../lib/client/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { collect } from './collect.ts';

const stream = { 'content-type': 'text/event-stream' };
const event = (id: string, more: object = {}) =>
  `id: ${id}\nevent: commit.archived\ndata: ${JSON.stringify({ type: 'commit.archived', id, ...more })}\n\n`;

/** A server that answers one request after another so, and tells what came. */
async function world(
  answers: readonly ((response: ServerResponse) => void)[],
  options: Partial<ClientOptions> = {},
) {
  const received: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url, headers }, response) => {
    received.push({ url, headers });
    const answer = answers[received.length - 1];
    if (answer) answer(response);
    else response.writeHead(418).end('no answer is left in the script');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = commitlaneClient({ baseUrl, token: 'secret', backoffBaseMs: 0, ...options });
  return {
    received,
    client,
    /** The ids of so many events. */
    async ids(count: number, which?: EventsOptions) {
      const found: string[] = [];
      for await (const { id } of client.events('a b', which)) {
        found.push(id);
        if (found.length === count) return found;
      }
      return found;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const sent =
  (...parts: readonly string[]) =>
  (response: ServerResponse) => {
    response.writeHead(200, stream);
    for (const part of parts) response.write(part);
  };
const ended =
  (...parts: readonly string[]) =>
  (response: ServerResponse) => {
    sent(...parts)(response);
    response.end();
  };
/** Cut off once it has all been sent. */
const broken =
  (...parts: readonly string[]) =>
  (response: ServerResponse) => {
    response.writeHead(200, stream);
    response.write(parts.join(''), () => response.socket?.destroySoon());
  };
const problem = (status: number, body: object) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('the events of a session', () => {
  it('are asked for with the token, and given one by one', async () => {
    await using w = await world([sent('retry: 1000\n\n', event('a'), ':\n\n', event('b', { archive: 2 }))]);
    const events = w.client.events('a b');
    expect((await events.next()).value).toEqual({ type: 'commit.archived', id: 'a' });
    expect((await events.next()).value).toEqual({ type: 'commit.archived', id: 'b', archive: 2 });
    await events.return();
    expect(w.received).toMatchObject([
      { url: '/sessions/a%20b/events', headers: { authorization: 'Bearer secret' } },
    ]);
    expect(w.received[0]?.headers).not.toHaveProperty('last-event-id');
  });

  it('are understood wherever their bytes are cut', async () => {
    const bytes = Buffer.from(event('a', { reason: 'Grüße, 世界' }));
    await using w = await world([
      async (response) => {
        response.writeHead(200, stream);
        for (const byte of bytes) {
          response.write(Buffer.of(byte));
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    ]);
    const { value } = await w.client.events('s').next();
    expect(value).toMatchObject({ reason: 'Grüße, 世界' });
  });

  it('go on behind the last one where the stream breaks, ends, or is refused for now', async () => {
    await using w = await world([
      broken(event('a'), event('b')),
      ended('retry: 1000\n\n'),
      problem(503, { message: 'Service Unavailable' }),
      ended(event('c')),
      sent(event('d')),
    ]);
    expect(await w.ids(4, { lastEventId: 'before' })).toEqual(['a', 'b', 'c', 'd']);
    expect(w.received.map(({ headers }) => headers['last-event-id'])).toEqual(['before', 'b', 'b', 'b', 'c']);
  });

  it('are given up after as many tries in a row as the client has, that bring nothing', async () => {
    await using w = await world(
      [ended(event('a')), ...Array.from({ length: 3 }, () => ended('retry: 1\n\n'))],
      {
        maxRetries: 3,
      },
    );
    const events = w.client.events('s');
    expect((await events.next()).value?.id).toBe('a');
    await expect(events.next()).rejects.toMatchObject({
      name: 'CommitlaneNetworkError',
      message: 'events failed: the stream ended (try 4)',
    });
    expect(w.received.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'a', 'a', 'a']);
  });

  it('are asked for again when the stream says nothing for 45 s, not even that it is there', async () => {
    const clock = fakeClock();
    await using w = await world([sent(event('a')), sent(event('b'))], { clock });
    const events = w.client.events('s');
    expect((await events.next()).value?.id).toBe('a');
    const next = events.next();
    await clock.advance(44_999);
    expect(w.received).toHaveLength(1);
    await clock.advance(1);
    expect((await next).value?.id).toBe('b');
  });

  it.each([
    ['a deployed stack', { message: 'Not Found' }],
    ['a stack without an emulated bus', { code: 'events-not-streamed', detail: 'No.' }],
  ])('fail with a code that says so, on %s', async (_what, body) => {
    await using w = await world([problem(404, body)]);
    await expect(collect(w.client.events('s'))).rejects.toMatchObject({
      name: 'CommitlaneApiError',
      status: 404,
      code: 'events-not-streamed',
      message: expect.stringMatching(/^events failed with 404 Not Found \(events-not-streamed\)/),
    });
    expect(w.received).toHaveLength(1);
  });

  it('fail as other calls do for a session that is not there', async () => {
    await using w = await world([problem(404, { code: 'session-not-found', detail: 'No.' })]);
    await expect(collect(w.client.events('s'))).rejects.toMatchObject({ code: 'session-not-found' });
  });

  it('end with the signal, and close the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const stop = new AbortController();
    await using w = await world([
      (response) => {
        sent(event('a'))(response);
        response.on('close', () => closed.resolve());
      },
    ]);
    const events = w.client.events('s', { signal: stop.signal });
    await events.next();
    const next = events.next();
    stop.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
    await closed.promise;
  });

  it('close the connection when nobody wants more', async () => {
    const closed = Promise.withResolvers<void>();
    await using w = await world([
      (response) => {
        sent(event('a'))(response);
        response.on('close', () => closed.resolve());
      },
    ]);
    expect(await w.ids(1)).toEqual(['a']);
    await closed.promise;
  });

  it('are not asked for behind what no header can carry', async () => {
    await using w = await world([]);
    await expect(collect(w.client.events('s', { lastEventId: 'a\nb' }))).rejects.toMatchObject({
      name: 'CommitlaneUsageError',
      message: expect.stringMatching(/lastEventId/),
    });
    expect(w.received).toEqual([]);
  });
});
