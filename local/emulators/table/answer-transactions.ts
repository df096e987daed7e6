import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { readBody } from '../../loopback/index.ts';
import { isTableError, tableError } from './table-error.ts';

/** As dynalite takes requests. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** Has a server answer `TransactWriteItems`, which dynalite does not know, and dynalite everything else. */
export function answerTransactions(server: Server, transact: (body: unknown) => Promise<object>): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.headers['x-amz-target'] === 'DynamoDB_20120810.TransactWriteItems') {
      void answer(request, response, transact);
      return;
    }
    for (const listener of listeners) listener(request, response);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  transact: (body: unknown) => Promise<object>,
): Promise<void> {
  const { status, body } = await transactionOf(request)
    .then(transact)
    .then((result) => ({ status: 200, body: result }), refusalOf);
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() })
    .end(JSON.stringify(body));
}

async function transactionOf(request: IncomingMessage): Promise<unknown> {
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
