import type { ServerResponse } from 'node:http';
import { type BusEvent, isEventOfSession } from '../bus-events/index.ts';
import { goneSignal, writeStream } from '../loopback/index.ts';
import type { EventStream } from './event-stream.ts';
import { sendProblem } from './http-event.ts';

/** A comment, so that nobody between the two takes a quiet stream for a dead one. */
const HEARTBEAT = { everyMs: 15_000, text: ':\n\n' };
/** How long a reader waits before it comes again. */
const RETRY_MS = 1_000;

/** Whose events they are. */
interface SessionOf {
  readonly tenant: string | undefined;
  readonly sessionId: string | undefined;
}

/**
 * Answers with the events of a session as they happen, as server-sent events, until the reader goes away. With the id of
 * an event, it begins behind that, if it is still kept, or else with all that are.
 */
export async function sendSessionEvents(
  response: ServerResponse,
  { feed, clock }: EventStream,
  session: SessionOf,
  lastEventId: string | undefined,
): Promise<void> {
  if (!feed)
    return sendProblem(response, {
      status: 404,
      title: 'Not found',
      code: 'events-not-streamed',
      detail: 'This stack streams no events, because its event bus is on another server. Use watchCommit.',
    });
  const signal = goneSignal(response);
  const events = feed.follow(lastEventId === undefined ? 'now' : { after: lastEventId }, signal);
  if (!events) {
    response.setHeader('retry-after', '5');
    return sendProblem(response, {
      status: 503,
      title: 'Try again',
      code: 'too-many-listeners',
      detail: 'Too many listen to the events of this stack. Close a page that does.',
    });
  }
  await writeStream(response, {
    headers: { 'content-type': 'text/event-stream' },
    heartbeat: HEARTBEAT,
    clock,
    chunks: messages(events, session),
    signal,
  });
}

async function* messages(events: AsyncIterable<BusEvent>, session: SessionOf): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  for await (const event of events) {
    if (!isOf(session, event)) continue;
    const { detail } = event;
    yield `id: ${String(detail['id'])}\nevent: ${event['detail-type']}\ndata: ${JSON.stringify(detail)}\n\n`;
  }
}

function isOf({ tenant, sessionId }: SessionOf, { source, detail }: BusEvent): boolean {
  if (source !== 'commitlane' || tenant === undefined || detail['tenant'] !== tenant) return false;
  return sessionId !== undefined && isEventOfSession(detail, sessionId);
}
