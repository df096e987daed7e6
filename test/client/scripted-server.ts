import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer; `drop` closes the connection without one, `never` keeps it open. */
export type ScriptedAnswer =
  | 'drop'
  | 'never'
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly json?: unknown;
      readonly text?: string;
    };

interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly received: readonly ReceivedRequest[];
}

/** A server that gives these answers one after another, and fails the request that comes after the last. */
export async function scriptedServer(
  answers: readonly ScriptedAnswer[],
  onRequest: () => void = () => undefined,
): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    received.push({ method: request.method, url: request.url, headers: request.headers, body });
    const answer = answers[received.length - 1] ?? { status: 418, text: 'no answer is left in the script' };
    onRequest();
    if (answer === 'never') return;
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
