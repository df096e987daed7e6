import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Has an emulator's server serve programs of this machine, and no page of any browser. The emulators ask for no secret,
 * and a page may send what needs no leave beforehand (a form, an image's address, text). So a request is refused
 *
 * - that names where it comes from (`Origin`, `Referer`, `Sec-Fetch-Site`), as browsers do, and no AWS SDK does,
 * - that is for another host, as from a page whose name was made to mean 127.0.0.1 (DNS rebinding),
 * - that is no POST: the protocols of SQS, DynamoDB, SSM, EventBridge and Upstash need no other.
 */
export function refuseBrowsers(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const refusal = refusalOf(request, (server.address() as AddressInfo | null)?.port);
    if (refusal) {
      const { status, message } = refusal;
      response
        .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
        .end(JSON.stringify({ __type: 'AccessDeniedException', message }));
      return;
    }
    for (const listener of listeners) listener(request, response);
  });
}

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
/** Node's own `fetch` sends `Sec-Fetch-Mode`, too. */
const BROWSER_HEADERS = ['origin', 'referer', 'sec-fetch-site'] as const;

function refusalOf(
  { headers, method }: IncomingMessage,
  port: number | undefined,
): { readonly status: number; readonly message: string } | undefined {
  if (BROWSER_HEADERS.some((name) => headers[name] !== undefined))
    return {
      status: 403,
      message: 'This server is for programs: it answers no browser. The HTTP API has another address.',
    };
  if (!OWN_NAMES.some((name) => headers.host === `${name}:${port}`))
    return { status: 403, message: `This server is 127.0.0.1:${port}, and no other host.` };
  if (method !== 'POST') return { status: 405, message: 'This server takes POST requests only.' };
  return undefined;
}
