import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type LoopbackServer, listenOnLoopback, readBody } from '../../loopback/index.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';
import { type RedisBackend, RedisCommandError } from './redis-backend.ts';
import type { RedisReply } from './redis-reply.ts';

interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

type Encode = (reply: RedisReply) => RedisReply;
type Route = (backend: RedisBackend, body: unknown, encode: Encode) => Promise<unknown>;

const MAX_BODY_BYTES = 1_000_000;

const commandSchema = z
  .array(z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .min(1, 'a command has a name at least');
const commandsSchema = z.array(commandSchema).min(1, 'there must be a command at least');

const routes: Readonly<Record<string, Route>> = {
  '/': async (backend, body, encode) => ({ result: encode(await backend.call(commandSchema.parse(body))) }),

  async '/pipeline'(backend, body, encode) {
    const answers: object[] = [];
    for (const command of commandsSchema.parse(body)) {
      answers.push(toAnswer(await backend.call(command).catch(caughtRefusal), encode));
    }
    return answers;
  },

  async '/multi-exec'(backend, body, encode) {
    const replies = await backend.transaction(commandsSchema.parse(body));
    return replies.map((reply) => toAnswer(reply, encode));
  },
};

/**
 * Serves Redis over Upstash's REST protocol on 127.0.0.1: commands as JSON arrays posted to `/`, several of them to
 * `/pipeline` or, as one transaction, to `/multi-exec`.
 *
 * @param token the bearer token that every request must carry.
 */
export async function startRestServer(backend: RedisBackend, token: string): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    serve(backend, token, request).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ error: `ERR ${String(error)}` })),
    );
  });
  refuseBrowsers(server);
  return listenOnLoopback(server);
}

async function serve(backend: RedisBackend, token: string, request: IncomingMessage): Promise<RestAnswer> {
  if (!isAuthorized(request.headers.authorization, token)) {
    return refusal(401, 'WRONGPASS invalid or missing auth token');
  }
  const route = Object.hasOwn(routes, request.url ?? '') ? routes[request.url ?? ''] : undefined;
  if (!route)
    return refusal(404, `ERR there is no ${request.url}; there are ${Object.keys(routes).join(', ')}`);
  if (request.method !== 'POST') return refusal(405, 'ERR commands are sent with POST');
  const encode: Encode = request.headers['upstash-encoding'] === 'base64' ? toBase64 : (reply) => reply;
  const sent = await readBody(request, MAX_BODY_BYTES);
  if (!sent) return refusal(400, 'ERR max request size exceeded');
  try {
    return { status: 200, body: await route(backend, JSON.parse(sent.toString('utf8')), encode) };
  } catch (error) {
    if (error instanceof RedisCommandError) return refusal(400, error.message);
    if (error instanceof z.ZodError) return refusal(400, `ERR ${z.prettifyError(error)}`);
    if (error instanceof SyntaxError) return refusal(400, `ERR failed to parse command: ${error.message}`);
    throw error;
  }
}

function isAuthorized(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Texts are encoded wherever they are in a reply, except for the status `OK`. */
function toBase64(reply: RedisReply): RedisReply {
  if (typeof reply === 'string') return reply === 'OK' ? reply : Buffer.from(reply).toString('base64');
  return Array.isArray(reply) ? reply.map(toBase64) : reply;
}

function toAnswer(reply: RedisReply | RedisCommandError, encode: Encode): object {
  return reply instanceof RedisCommandError ? { error: reply.message } : { result: encode(reply) };
}

function caughtRefusal(error: unknown): RedisCommandError {
  if (error instanceof RedisCommandError) return error;
  throw error;
}

const refusal = (status: number, error: string): RestAnswer => ({ status, body: { error } });
