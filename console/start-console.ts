import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Clock } from '../lib/clock/index.ts';
import { consoleApp } from './console-app.ts';
import { PortTakenError } from './errors.ts';
import type { Operations } from './operations.ts';
import { replayDesk } from './replays/replay-desk.ts';
import { makeSecrets } from './security/secrets.ts';

export interface Console extends AsyncDisposable {
  /** With the secret that opens it. */
  readonly url: string;
}

export interface ConsoleOptions {
  readonly operations: Operations;
  readonly clock: Clock;
  /** Unique at every call. */
  readonly newId: () => string;
  /** On 127.0.0.1; 0 for any that is free. */
  readonly port: number;
  /** Told of what should not have happened; the page says only that something did. */
  readonly onError: (error: unknown) => void;
}

/** A request that is not complete by then is dropped. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Serves the console on 127.0.0.1, to whoever has its address. Its end stops a replay that is under way, and waits
 * until what was sent is removed from the dead letters.
 *
 * @throws PortTakenError.
 */
export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const secrets = makeSecrets();
  const replays = replayDesk(options);
  let port = options.port;
  const app = consoleApp({ ...options, replays, secrets, port: () => port });
  // Without `createServer`, the adapter makes a server of node:http.
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' }) as Server;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}/?token=${secrets.token}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await replays[Symbol.asyncDispose]();
    },
  };
}

/** Returns the port. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(port, error);
    throw error;
  }
  return (server.address() as AddressInfo).port;
}
