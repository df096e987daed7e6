import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { readBody } from '../../loopback/index.ts';
import { isTableError, tableError } from './table-error.ts';

/** As dynalite takes requests. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** Answers one operation: with the answer's body, from the request's. It throws a TableError for what is refused. */
type Answer = (body: unknown) => Promise<object>;

/** Has a server answer operations that dynalite does not know, or does not know all of, and dynalite everything else. */
export function answerOperations(server: Server, operations: Readonly<Record<string, Answer>>): void {
  const answers = new Map(
    Object.entries(operations).map(([name, answer]) => [`DynamoDB_20120810.${name}`, answer]),
  );
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const answer = answers.get(String(request.headers['x-amz-target']));
    if (answer) {
      void respond(request, response, answer);
      return;
    }
    for (const listener of listeners) listener(request, response);
  });
}

async function respond(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { status, body } = await bodyOf(request)
    .then(answer)
    .then((result) => ({ status: 200, body: result }), refusalOf);
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() })
    .end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, MAX_REQUEST_BYTES);
  if (!text) throw tableError('ValidationException', `A request may have ${MAX_REQUEST_BYTES} bytes`);
  try {
    return JSON.parse(text.toString());
  } catch (cause) {
    throw Object.assign(tableError('SerializationException', 'The request is no JSON'), { cause });
  }
}

/** An error of the database, or a mistake of ours, is a 500, as at AWS. */
function refusalOf(error: unknown): { readonly status: number; readonly body: object } {
  if (isTableError(error)) return { status: error.statusCode, body: error.body };
  const { body } = tableError('InternalServerError', error instanceof Error ? error.message : String(error));
  return { status: 500, body };
}
