import type { Context } from 'aws-lambda';
import type { ProblemView } from '../../lib/client/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { startParameterEmulator } from '../../local/emulators/index.ts';
import { sqsQueues } from '../dead-letters/sqs-queues.ts';
import { dynaliteTable } from '../support/dynalite-table.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly bytes: number;
}

/**
 * The API's own function, in this thread, on emulated services of its own. Its module reads the environment once, when
 * it is loaded: there can be one such world in a test file.
 */
export async function handlerWorld() {
  const resources = new AsyncDisposableStack();
  const table = resources.use(await dynaliteTable());
  const parameters = resources.use(await startParameterEmulator({}));
  const queues = resources.use(await sqsQueues());
  const before = { ...process.env };
  resources.defer(() => {
    process.env = before;
  });
  Object.assign(process.env, {
    STAGE: 'test',
    TABLE_NAME: table.tableName,
    LIMITS_PATH: '/commitlane/test',
    MAX_RECEIVE_COUNT: '5',
    COMMIT_FUNCTION_TIMEOUT_MS: '600000',
    FOLLOW_UP_FUNCTION_TIMEOUT_MS: '900000',
    REDACT: 'memories',
    COMMIT_QUEUE_URL: queues.urls.queueUrl,
    FOLLOW_UP_QUEUE_URL: queues.urls.queueUrl,
    AWS_REGION: localAws.region,
    AWS_ACCESS_KEY_ID: localAws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAws.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SSM: parameters.endpoint,
    AWS_ENDPOINT_URL_SQS: new URL(queues.urls.queueUrl).origin,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  const { handler } = await import('../../functions/api/handler.ts');

  /** Hands over an event as it is. */
  async function invoke(event: unknown): Promise<Answer> {
    const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 30_000 } as Context;
    const { statusCode, body } = (await handler(event as never, context as never)) as {
      statusCode: number;
      body?: string;
    };
    return {
      status: statusCode,
      body: body === undefined ? undefined : JSON.parse(body),
      bytes: Buffer.byteLength(body ?? ''),
    };
  }

  /** The event that the gateway makes of a request. */
  const eventOf = (routeKey: string, more: object = {}) => ({
    version: '2.0',
    routeKey,
    headers: {},
    isBase64Encoded: false,
    requestContext: { authorizer: { jwt: { claims: { tenant: 'acme', sub: 'ann' } } } },
    ...more,
  });

  const ask = (routeKey: string, sessionId: string, more: object = {}) =>
    invoke(eventOf(routeKey, { pathParameters: { sessionId }, ...more }));

  return {
    invoke,
    eventOf,
    ask,
    create: (session: string) => ask('PUT /sessions/{sessionId}', session),

    /** Appends a body: a text, or bytes. */
    append: (session: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
      ask('POST /sessions/{sessionId}/messages', session, {
        headers,
        ...(typeof body === 'string'
          ? { body }
          : { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
      }),

    /** The live messages. */
    async live(session: string): Promise<readonly Record<string, unknown>[]> {
      const { body } = await ask('GET /sessions/{sessionId}', session);
      return (body as { live: Record<string, unknown>[] }).live;
    },

    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export type HandlerWorld = Awaited<ReturnType<typeof handlerWorld>>;

export function problem({ body }: Answer): ProblemView {
  return body as ProblemView;
}
