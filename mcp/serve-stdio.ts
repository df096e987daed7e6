import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio as serve } from '@modelcontextprotocol/server/stdio';
import { makeServer, type ServerOptions } from './make-server.ts';
import { serverBounds } from './server-bounds.ts';

export interface StdioOptions extends ServerOptions {
  readonly stdin: Readable;
  /** Gets messages of the protocol, and nothing else. */
  readonly stdout: Writable;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/**
 * Serves one caller, who has the other ends of the streams. Returns when stdin has ended, has brought a message that is too
 * large, or the signal aborts.
 */
export async function serveStdio({ stdin, stdout, signal, ...options }: StdioOptions): Promise<void> {
  const { maxMessageBytes, maxSubscriptions } = serverBounds;
  const transport = new StdioServerTransport(stdin, stdout, { maxBufferSize: maxMessageBytes });
  const handle = serve(() => makeServer(options), { transport, onerror: options.onError, maxSubscriptions });
  const closed = whenClosed(transport);
  if (signal.aborted) return handle.close();
  const stop = () => handle.close();
  signal.addEventListener('abort', stop);
  await closed;
  signal.removeEventListener('abort', stop);
}

/** What serves a transport hears of its end first. */
function whenClosed(transport: StdioServerTransport): Promise<void> {
  const { onclose } = transport;
  return new Promise((resolve) => {
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
  });
}
