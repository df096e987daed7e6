import type { ServerResponse } from 'node:http';
import type { Clock } from '../../../lib/clock/index.ts';
import { EVENT_LINES, followRequestSchema } from '../../bus-events/index.ts';
import { goneSignal, writeStream } from '../../loopback/index.ts';
import type { EventFeed } from './event-feed.ts';

/** An empty line, so that neither side takes a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000;

/**
 * Answers with events, one a line, until whoever asked goes away.
 *
 * @returns false, without an answer, when too many follow already.
 * @throws ZodError, SyntaxError for a request that is not understood; nothing has been answered then.
 */
export async function followEvents(
  response: ServerResponse,
  body: string,
  { feed, clock }: { readonly feed: EventFeed; readonly clock: Clock },
): Promise<boolean> {
  const { from } = followRequestSchema.parse(JSON.parse(body));
  const signal = goneSignal(response);
  const events = feed.follow(from, signal);
  if (!events) return false;
  await writeStream(response, {
    headers: { 'content-type': EVENT_LINES },
    heartbeat: { everyMs: HEARTBEAT_MS, text: '\n' },
    clock,
    chunks: lines(events),
    signal,
  });
  return true;
}

async function* lines(events: AsyncGenerator<object, never, undefined>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
