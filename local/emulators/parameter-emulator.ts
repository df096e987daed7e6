import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { localAws } from '../discovery/index.ts';
import { openParameterStore, ParameterError, type ParameterStore } from './parameter-store.ts';
import { refuseBrowsers } from './refuse-browsers.ts';

export interface ParameterEmulator extends AsyncDisposable {
  readonly endpoint: string;
  readonly store: ParameterStore;
}

const TARGET = 'AmazonSSM.';
/** Whoever has the local credentials. */
const LOCAL_USER = `arn:aws:iam::${localAws.accountId}:user/${localAws.credentials.accessKeyId}`;
const MAX_BODY_BYTES = 1_000_000;
const PAGE = 10;

type Operation = (store: ParameterStore, input: unknown) => unknown;

const name = z.string().min(1);
const page = { MaxResults: z.int().min(1).max(50).optional(), NextToken: z.string().optional() };
/** The index of the next page's first. */
const tokenSchema = z
  .string()
  .regex(/^[0-9]{1,9}$/)
  .transform(Number);

/**
 * The operations of SSM's JSON 1.1 protocol that parameters need. Fields that change nothing here, such as
 * `WithDecryption`, are taken and not used.
 */
const operations: Readonly<Record<string, Operation>> = {
  GetParameter(store, input) {
    const { Name } = z.object({ Name: name }).parse(input);
    const found = describe(store, Name);
    if (!found) throw new ParameterError('ParameterNotFound', `There is no parameter ${Name}.`);
    return { Parameter: found };
  },

  GetParameters(store, input) {
    const { Names } = z.object({ Names: z.array(name).min(1).max(PAGE) }).parse(input);
    const found = Names.flatMap((one) => describe(store, one) ?? []);
    return {
      Parameters: found,
      InvalidParameters: Names.filter((one) => store.get(one) === undefined),
    };
  },

  GetParametersByPath(store, input) {
    const request = z.object({
      Path: z.string().startsWith('/'),
      Recursive: z.boolean().optional(),
      ...page,
    });
    const { Path, Recursive = false, MaxResults = PAGE, NextToken } = request.parse(input);
    const depth = Path.split('/').filter(Boolean).length + 1;
    const names = store
      .under(Path)
      .map((parameter) => parameter.name)
      .filter((one) => Recursive || one.split('/').filter(Boolean).length === depth);
    return paged(names, Math.min(MaxResults, PAGE), NextToken, 'Parameters', (one) => describe(store, one));
  },

  GetParameterHistory(store, input) {
    const { Name, MaxResults = PAGE, NextToken } = z.object({ Name: name, ...page }).parse(input);
    const parameter = store.get(Name);
    if (!parameter) throw new ParameterError('ParameterNotFound', `There is no parameter ${Name}.`);
    return paged(
      parameter.versions,
      MaxResults,
      NextToken,
      'Parameters',
      ({ value, version, modifiedAtMs }) => ({
        Name,
        Type: 'String',
        Value: value,
        Version: version,
        LastModifiedDate: modifiedAtMs / 1000,
        LastModifiedUser: LOCAL_USER,
      }),
    );
  },

  async PutParameter(store, input) {
    const request = z.object({
      Name: name,
      Value: z.string().min(1).max(4096),
      Description: z.string().optional(),
      AllowedPattern: z.string().optional(),
      Overwrite: z.boolean().optional(),
    });
    const { Name, Value, Description, AllowedPattern, Overwrite } = request.parse(input);
    const Version = await store.put({
      name: Name,
      value: Value,
      ...(Description !== undefined && { description: Description }),
      ...(AllowedPattern !== undefined && { allowedPattern: AllowedPattern }),
      ...(Overwrite !== undefined && { overwrite: Overwrite }),
    });
    return { Version, Tier: 'Standard' };
  },

  async DeleteParameter(store, input) {
    const { Name } = z.object({ Name: name }).parse(input);
    if (await store.delete(Name)) return {};
    throw new ParameterError('ParameterNotFound', `There is no parameter ${Name}.`);
  },
};

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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    store,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(
  store: ParameterStore,
  request: IncomingMessage,
): Promise<{ status: number; body: unknown }> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const operation = target.startsWith(TARGET) ? operations[target.slice(TARGET.length)] : undefined;
  if (!operation)
    return refusal('UnknownOperationException', `The embedded stack has no operation '${target}'.`);
  try {
    return { status: 200, body: await operation(store, JSON.parse(await readBody(request))) };
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

function describe(store: ParameterStore, parameterName: string) {
  const current = store.get(parameterName)?.versions.at(-1);
  if (!current) return undefined;
  return {
    Name: parameterName,
    Type: 'String',
    Value: current.value,
    Version: current.version,
    LastModifiedDate: current.modifiedAtMs / 1000,
    DataType: 'text',
  };
}

function paged<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
  field: string,
  show: (one: T) => unknown,
) {
  const start = startOf(token);
  const end = start + size;
  return {
    [field]: all.slice(start, end).map(show),
    ...(end < all.length && { NextToken: String(end) }),
  };
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const parsed = tokenSchema.safeParse(token);
  if (parsed.success) return parsed.data;
  throw new ParameterError('InvalidNextToken', `There is no page '${token}'; start from the first.`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes <= MAX_BODY_BYTES) parts.push(part as Buffer);
  }
  if (bytes > MAX_BODY_BYTES) {
    throw new ParameterError('ValidationException', `A request holds ${MAX_BODY_BYTES} bytes at most.`);
  }
  return Buffer.concat(parts).toString('utf8');
}
