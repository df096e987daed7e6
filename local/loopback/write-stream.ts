import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../lib/clock/index.ts';

export interface StreamOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** What is written whenever so much time has passed and nothing waits to be read. */
  readonly heartbeat: { readonly everyMs: number; readonly text: string };
  readonly clock: Clock;
  readonly chunks: AsyncGenerator<string, unknown, undefined>;
  /** Aborts when the reader is gone. */
  readonly signal: AbortSignal;
}

/** Aborts as soon as whoever asked has gone, or has been answered. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return gone.signal;
}

/** Answers with chunks as they come, until they end or the reader goes away; a slow reader is waited for. */
export async function writeStream(
  response: ServerResponse,
  { headers, heartbeat, clock, chunks, signal }: StreamOptions,
): Promise<void> {
  response.writeHead(200, { ...headers, 'cache-control': 'no-store' });
  response.flushHeaders();
  try {
    await Promise.race([beat(response, { heartbeat, clock, signal }), pump(response, chunks, signal)]);
    response.end();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function pump(
  response: ServerResponse,
  chunks: StreamOptions['chunks'],
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of chunks) {
    if (!response.write(chunk)) await once(response, 'drain', { signal });
  }
}

/** What waits in the response will tell the reader by itself. */
async function beat(
  response: ServerResponse,
  { heartbeat, clock, signal }: Pick<StreamOptions, 'heartbeat' | 'clock' | 'signal'>,
): Promise<never> {
  for (;;) {
    await clock.sleep(heartbeat.everyMs, signal);
    if (response.writableLength === 0) response.write(heartbeat.text);
  }
}
