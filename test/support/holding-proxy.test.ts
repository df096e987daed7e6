import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdingProxy } from './holding-proxy.ts';

const seen: string[] = [];
const server = createServer(async (request, response) => {
  seen.push(await text(request));
  response.end('done');
});
beforeEach(async () => {
  seen.length = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

it.each([
  ['before', ['other']],
  ['after', ['held', 'other']],
] as const)('what is held %s the table keeps its sender from it, and nobody else', async (where, first) => {
  await using proxy = await holdingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const send = async (sender: string, body: string) => {
    const headers = { 'user-agent': `sdk app/${sender}`, 'x-amz-target': 'DynamoDB.PutItem' };
    const answer = await fetch(proxy.endpoint, { method: 'POST', headers, body });
    return answer.text();
  };
  const held = proxy.hold(({ body }) => body === 'held', where);
  const stopped = send('Commit.1', 'held');
  expect(await held.reached).toMatchObject({ operation: 'PutItem', sender: 'Commit.1' });
  const again = send('Commit.1', 'held');
  expect(await send('Commit.2', 'other')).toBe('done');
  expect(seen).toEqual(first);
  held.release();
  expect(await Promise.all([stopped, again])).toEqual(['done', 'done']);
});
