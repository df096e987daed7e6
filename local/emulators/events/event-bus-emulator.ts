import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Clock, systemClock } from '../../../lib/clock/index.ts';
import { arnOf } from '../../aws/index.ts';
import { FOLLOW_EVENTS } from '../../bus-events/index.ts';
import { listenOnLoopback, readBody } from '../../loopback/index.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';
import { type EventFeed, eventFeed } from './event-feed.ts';
import { followEvents } from './follow-events.ts';
import { putEvents } from './put-events.ts';

export interface EventBusEmulator extends AsyncDisposable {
  readonly endpoint: string;
  /** What is put on its buses. */
  readonly feed: Pick<EventFeed, 'follow'>;
}

const PREFIX = 'AWSEvents.';
/** What entries of one request may have, in JSON within JSON, and more. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

const createBusSchema = z.object({ Name: z.string().regex(/^[/.\-_A-Za-z0-9]{1,256}$/) });

/**
 * Starts an emulated EventBridge on 127.0.0.1: buses without rules, whose events whoever follows the feed gets. It keeps
 * nothing over a restart.
 *
 * @param options.clock by which events are dated that have no time; the system's unless given.
 */
export async function startEventBusEmulator(
  options: { readonly clock?: Clock } = {},
): Promise<EventBusEmulator> {
  const { clock = systemClock } = options;
  const feed = eventFeed();
  const buses = new Set(['default', arnOf('events', 'event-bus/default')]);

  const operations: Readonly<Record<string, (input: unknown) => object>> = {
    PutEvents: (input) =>
      putEvents(input, {
        hasBus: (name) => buses.has(name),
        nowMs: clock.now(),
        newId: randomUUID,
        onEvent: feed.add,
      }),
    CreateEventBus(input) {
      const { Name } = createBusSchema.parse(input);
      if (buses.has(Name)) throw new BusExistsError(`Event bus ${Name} already exists.`);
      const EventBusArn = arnOf('events', `event-bus/${Name}`);
      buses.add(Name).add(EventBusArn);
      return { EventBusArn };
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = String(request.headers['x-amz-target'] ?? '');
    const input = await readBody(request, MAX_BODY_BYTES);
    if (!input) return refuse(response, 'ValidationException', `A request holds ${MAX_BODY_BYTES} bytes.`);
    if (target === FOLLOW_EVENTS) {
      if (await followEvents(response, input.toString('utf8'), { feed, clock })) return;
      return refuse(response, 'ThrottlingException', 'Too many follow the events of this stack.');
    }
    const name = target.startsWith(PREFIX) ? target.slice(PREFIX.length) : '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation)
      return refuse(
        response,
        'UnknownOperationException',
        `The embedded stack has no operation '${target}'.`,
      );
    send(response, 200, operation(JSON.parse(input.toString('utf8'))));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => answerError(response, error));
  });
  refuseBrowsers(server);
  const listening = await listenOnLoopback(server);
  return { ...listening, endpoint: listening.url, feed };
}

/** A bus of that name is there already. */
class BusExistsError extends Error {}

function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else if (error instanceof BusExistsError) refuse(response, 'ResourceAlreadyExistsException', error.message);
  else if (error instanceof z.ZodError) refuse(response, 'ValidationException', z.prettifyError(error));
  else if (error instanceof SyntaxError) refuse(response, 'SerializationException', error.message);
  else send(response, 500, { __type: 'InternalException', message: String(error) });
}

function refuse(response: ServerResponse, type: string, message: string): void {
  send(response, 400, { __type: type, message });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}
