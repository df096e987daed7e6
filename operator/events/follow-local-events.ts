import type { Clock } from '../../lib/clock/index.ts';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { type CommitlaneEvent, EVENT_SOURCE, eventSchema } from '../../lib/events/index.ts';
import {
  type BusEvent,
  EVENT_LINES,
  type FeedPlace,
  FOLLOW_EVENTS,
  isEventOfSession,
} from '../../local/bus-events/index.ts';
import { type FoundStack, isRunning } from '../../local/discovery/index.ts';

/** The events of the stack cannot be followed where it has its event bus. */
class EventsNotFollowedError extends CommitlaneError {
  override readonly name = 'EventsNotFollowedError';
  readonly code = 'events-not-followed';
}

/** Which events are wanted; all of them unless given. */
interface EventsInput {
  readonly tenant?: string | undefined;
  /** Those of its commits, and of memories that were or are known from it. */
  readonly session?: string | undefined;
  readonly type?: CommitlaneEvent['type'] | undefined;
  /** Begins with those that the stack still keeps. */
  readonly fromStart?: boolean | undefined;
}

interface Following {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}

/** Tries in a row to reach a stack that runs, and the first wait between two; each is twice as long as the one before. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 200;

/**
 * Yields the events of a stack of this machine as they come, until it ends. Where the connection breaks, it goes on
 * behind the last one.
 *
 * @throws EventsNotFollowedError when the bus is on another server, or does not answer though the stack runs; the signal's
 * reason.
 */
export async function* followLocalEvents(
  stack: FoundStack,
  input: EventsInput,
  { clock, signal }: Following,
): AsyncGenerator<CommitlaneEvent, void, undefined> {
  const url = stack.endpoints.AWS_ENDPOINT_URL_EVENTBRIDGE;
  let from: FeedPlace = input.fromStart ? 'start' : 'now';
  for (let tries = 1; await isRunning(stack); tries += 1) {
    let why: unknown = 'its answer ended';
    try {
      for await (const line of linesOf(await follow(url, from, signal))) {
        tries = 0;
        const event = eventIn(line);
        if (!event) continue;
        from = { after: event.id };
        if (isWanted(event, input)) yield event;
      }
    } catch (cause) {
      signal.throwIfAborted();
      if (!(await isRunning(stack))) return;
      if (cause instanceof EventsNotFollowedError) throw cause;
      why = cause;
    }
    if (tries >= MAX_TRIES) throw silent(url, why);
    await clock.sleep(FIRST_PAUSE_MS * 2 ** tries, signal);
  }
}

const silent = (url: string, cause: unknown) =>
  new EventsNotFollowedError(`The event bus at ${url} does not answer, though its stack still runs.`, {
    cause,
  });

async function follow(
  url: string,
  from: FeedPlace,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': FOLLOW_EVENTS },
    body: JSON.stringify({ from }),
    signal,
  });
  const { body, headers } = response;
  if (response.ok && body && headers.get('content-type') === EVENT_LINES) return body;
  throw new EventsNotFollowedError(
    `The event bus at ${url} cannot be followed: it answers ${response.status} ${await response.text()}. ` +
      'Only that of npm start can; follow another by its own rules.',
  );
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    const lines = (text + part).split('\n');
    text = lines.pop() ?? '';
    yield* lines;
  }
}

/** Lines without one only say that the stack is there; and others may put events of their own on the bus. */
function eventIn(line: string): CommitlaneEvent | undefined {
  if (line === '') return undefined;
  const { source, detail } = JSON.parse(line) as BusEvent;
  return source === EVENT_SOURCE ? eventSchema.safeParse(detail).data : undefined;
}

function isWanted(event: CommitlaneEvent, { tenant, session, type }: EventsInput): boolean {
  return (
    (tenant === undefined || event.tenant === tenant) &&
    (type === undefined || event.type === type) &&
    (session === undefined || isEventOfSession({ ...event }, session))
  );
}
