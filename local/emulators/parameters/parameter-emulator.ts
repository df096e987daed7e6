import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { listenOnLoopback, readBody } from '../../loopback/index.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';
import { parameterOperations } from './parameter-operations.ts';
import { openParameterStore, ParameterError, type ParameterStore } from './parameter-store.ts';

export interface ParameterEmulator extends AsyncDisposable {
  readonly endpoint: string;
  readonly store: ParameterStore;
}

const TARGET = 'AmazonSSM.';
const MAX_BODY_BYTES = 1_000_000;

/**
 * Starts an emulated SSM Parameter Store on 127.0.0.1.
 *
 * @param options.file where parameters are kept; in memory unless given.
 * @param options.onFailure told when a change could not be kept there.
 * @throws DataFolderError for a file that cannot be read.
 */
export async function startParameterEmulator(options: {
  readonly file?: string;
  readonly onFailure?: (error: unknown) => void;
}): Promise<ParameterEmulator> {
  const store = await openParameterStore(options);
  const server = createServer((request, response) => {
    serve(store, request).then(
      ({ status, body }) =>
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(body)),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  refuseBrowsers(server);
  const listening = await listenOnLoopback(server);
  return { ...listening, endpoint: listening.url, store };
}

async function serve(
  store: ParameterStore,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  const operation = Object.hasOwn(parameterOperations, name) ? parameterOperations[name] : undefined;
  if (!operation)
    return refusal('UnknownOperationException', `The embedded stack has no operation '${target}'.`);
  const sent = await readBody(request, MAX_BODY_BYTES);
  if (!sent) return refusal('ValidationException', `A request holds ${MAX_BODY_BYTES} bytes at most.`);
  try {
    return { status: 200, body: await operation(store, JSON.parse(sent.toString('utf8'))) };
  } catch (error) {
    if (error instanceof ParameterError) return refusal(error.type, error.message);
    if (error instanceof z.ZodError) return refusal('ValidationException', z.prettifyError(error));
    if (error instanceof SyntaxError) return refusal('SerializationException', error.message);
    throw error;
  }
}

function refusal(type: string, message: string) {
  return { status: 400, body: { __type: type, message } };
}
