import { createServer } from 'node:http';
import { listenOnLoopback, readBody } from '../../local/loopback/index.ts';

/** An entry of a PutEvents request. */
export interface Entry {
  readonly [field: string]: unknown;
}

export type Answer = readonly [status: number, body: object];

/** A server of PutEvents that answers as it is told. */
export async function putEventsServer(answer: (entries: readonly Entry[]) => Answer) {
  const requests: { target: unknown; entries: readonly Entry[] }[] = [];
  const server = await listenOnLoopback(
    createServer(async (request, response) => {
      const { Entries } = JSON.parse(String(await readBody(request, 1_000_000))) as { Entries: Entry[] };
      requests.push({ target: request.headers['x-amz-target'], entries: Entries });
      const [status, body] = answer(Entries);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    }),
  );
  return { url: server.url, requests, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** All of it is on the bus. */
export const taken = (entries: readonly Entry[]): Answer => [
  200,
  { FailedEntryCount: 0, Entries: entries.map((_, index) => ({ EventId: `e-${index}` })) },
];
