import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { systemClock, untilAborted } from '../lib/clock/index.ts';
import { localAws } from './aws/index.ts';
import { openDataFolder } from './data-folder.ts';
import { startParameterEmulator, startQueueEmulator, startTableEmulator } from './emulators/index.ts';
import { unusableData } from './errors.ts';
import { openGateway } from './http/gateway.ts';
import { uncovered } from './resources/coverage.ts';
import { startEventSources } from './resources/make-event-sources.ts';
import { makeFunctions } from './resources/make-functions.ts';
import { makeParameters } from './resources/make-parameters.ts';
import { makeQueues } from './resources/make-queues.ts';
import { startSchedules } from './resources/make-schedules.ts';
import { makeTables } from './resources/make-tables.ts';
import { defineApi, readRoutes } from './resources/read-routes.ts';
import { makeResolver } from './template/resolver.ts';
import type { Assembly } from './template/synthesise.ts';
import { synthesiseProject } from './template/synthesise-project.ts';
import { makeTokenIssuer, type TokenIssuer } from './tokens/index.ts';

/** No request of the stack's own waits for longer; a receive polls for less. */
const bounded = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
/** Names nothing that exists: only this stack signs for it, with a key of its own. */
const ISSUER = 'https://tokens.commitlane.local';
const AUDIENCE = 'commitlane-local';

export interface LocalStackOptions {
  /** Of the HTTP API; 0 takes any free one. Default 0. */
  readonly port?: number;
  /** Origins whose pages may call the API, besides those of this machine and of cdk.json. */
  readonly corsOrigins?: readonly string[];
  /** Where everything is kept over restarts; in memory unless given. */
  readonly dataFolder?: string;
  /** A stack that is synthesized already; the project's own is synthesized unless given. */
  readonly assembly?: Assembly;
  /** CDK context for the synthesis. */
  readonly context?: Readonly<Record<string, string>>;
  /** Where endpoints of services that are not to be emulated are looked up. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Stops the start, between two steps, with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onStepBegin?: (label: string, more?: { readonly isSlow: boolean }) => void;
  readonly onStepEnd?: (label: string, durationMs: number) => void;
  /** One line that a function, or the stack itself, has to say. */
  readonly onLog?: (line: string) => void;
  /** One sentence for each part of the template that the embedded stack leaves out. */
  readonly onWarning?: (warning: string) => void;
}

type LocalEndpoints = Readonly<
  Record<'AWS_ENDPOINT_URL_DYNAMODB' | 'AWS_ENDPOINT_URL_SQS' | 'AWS_ENDPOINT_URL_SSM', string>
>;

export interface LocalStack extends AsyncDisposable {
  readonly apiUrl: string;
  /** The template's outputs, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly stackName: string;
  /** Where its services are, by the names of the environment variables that point a program at them. */
  readonly endpoints: LocalEndpoints;
  readonly mintToken: TokenIssuer['mint'];
  /** What its tokens are signed with. */
  readonly tokens: Pick<TokenIssuer, 'issuer' | 'audience' | 'signingKey'>;
  /**
   * Aborts when the stack cannot go on, because something could not be written to the data folder. The reason, a
   * DataFolderError, says what to do; what was acknowledged is kept, and is there at the next start.
   */
  readonly failure: AbortSignal;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly ssm: SSMClient;
  /**
   * Kills the busy execution environments whose name begins so, in the middle of what they do; returns how many. A
   * name is the function's logical id, a dot and a number.
   */
  killBusy(namePrefix: string): Promise<number>;
  /** Runs each schedule now, besides its times, and waits for its end; what fails is told to `onLog`. */
  runSchedules(): Promise<void>;
}

/**
 * Starts the stack that would be deployed, on this machine: synthesizes the CDK app and interprets its template.
 *
 * A service whose endpoint is in the environment (`AWS_ENDPOINT_URL_SQS`, `_DYNAMODB`, `_SSM`) is used there, and not
 * emulated.
 *
 * What can be wrong with port and data shows before anything slow is done.
 *
 * @throws PortInUseError, PortRefusedError, DataFolderInUseError, DataFolderError, SynthesisError, TemplateError,
 * TableOutdatedError; nothing is left running then.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const { signal, onLog = () => undefined, onWarning = () => undefined } = options;
  await using resources = new AsyncDisposableStack();
  const onError = (error: unknown) =>
    onLog(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  const failed = new AbortController();
  const step = makeStep(options, failed.signal);

  const gateway = resources.use(await openGateway(options.port ?? 0));
  const data =
    options.dataFolder === undefined ? undefined : resources.use(await openDataFolder(options.dataFolder));
  const tokens = await makeTokenIssuer({
    issuer: ISSUER,
    audience: AUDIENCE,
    ...(data && { keyFile: data.signingKey }),
  });
  const emulators = await step('emulators', () =>
    startEmulators(resources, data, options.environment ?? process.env, (error) =>
      failed.abort(unusableData(options.dataFolder ?? '', error)),
    ),
  );
  const assembly = options.assembly ?? resources.use(await synthesiseInSteps(options, onError));
  const { template, stackName } = assembly;
  for (const warning of uncovered(template)) onWarning(warning);
  const parameters = { JwtIssuer: ISSUER, JwtAudience: AUDIENCE };
  const resolver = makeResolver(template, stackName, parameters);

  const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SSM } = emulators.endpoints;
  const common = { ...localAws, requestHandler: bounded };
  const clients = {
    sqs: new SQSClient({ ...common, endpoint: AWS_ENDPOINT_URL_SQS }),
    dynamodb: new DynamoDBClient({ ...common, endpoint: AWS_ENDPOINT_URL_DYNAMODB }),
    ssm: new SSMClient({ ...common, endpoint: AWS_ENDPOINT_URL_SSM }),
  };
  for (const client of Object.values(clients)) resources.defer(() => client.destroy());
  await step('queues', () => makeQueues(template, resolver, clients.sqs, AWS_ENDPOINT_URL_SQS));
  await step('table', () => makeTables(template, resolver, clients.dynamodb));
  await step('parameters', () => makeParameters(template, resolver, clients.ssm));

  const functions = makeFunctions(assembly, resolver, emulators.endpoints, (name, line) =>
    onLog(`${name} ${line}`),
  );
  for (const one of functions.values()) resources.use(one);
  const api = readRoutes(template, resolver, functions, onWarning);
  gateway.serve({ ...api, origins: options.corsOrigins ?? [], tokens, onError });
  resources.use(gateway);
  defineApi(template, resolver, gateway.url);
  const sources = startEventSources(
    template,
    resolver,
    functions,
    clients.sqs,
    AWS_ENDPOINT_URL_SQS,
    onError,
  );
  resources.defer(() => stopAll(sources));
  const context = { clock: systemClock, newId: randomUUID, onError, onLog, onWarning };
  const schedules = startSchedules(template, resolver, functions, context);
  resources.defer(() => stopAll(schedules));
  signal?.throwIfAborted();

  const running = resources.move();
  return {
    apiUrl: gateway.url,
    outputs: Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [
        name,
        String(resolver.resolve(Value)),
      ]),
    ),
    stackName,
    endpoints: emulators.endpoints,
    mintToken: tokens.mint,
    tokens: { issuer: tokens.issuer, audience: tokens.audience, signingKey: tokens.signingKey },
    failure: failed.signal,
    ...clients,
    async killBusy(namePrefix) {
      const killed = await Promise.all([...functions.values()].map((one) => one.killBusy(namePrefix)));
      return killed.reduce((sum, count) => sum + count, 0);
    },
    async runSchedules() {
      await Promise.all(schedules.map((schedule) => schedule.run()));
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function stopAll(parts: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(parts.map((part) => part[Symbol.asyncDispose]()));
}

/** The assembly, with a step that says whether it had to be made. */
async function synthesiseInSteps(
  { context = {}, signal, onStepBegin, onStepEnd }: LocalStackOptions,
  onCacheError: (error: unknown) => void,
): Promise<Assembly & AsyncDisposable> {
  signal?.throwIfAborted();
  const startedAtMs = Date.now();
  let label = 'stack, as it was synthesized before';
  const assembly = await synthesiseProject({
    context,
    ...(signal && { signal }),
    onCacheError,
    onMiss() {
      label = 'stack synthesized';
      onStepBegin?.('synthesizing the stack: 5 to 30 s, the first time and after a change', { isSlow: true });
    },
  });
  onStepEnd?.(label, Date.now() - startedAtMs);
  return assembly;
}

/** @param failure ends a step that would wait for an answer which cannot come any more. */
function makeStep({ signal, onStepBegin, onStepEnd }: LocalStackOptions, failure: AbortSignal) {
  return async <T>(label: string, work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    const startedAtMs = Date.now();
    onStepBegin?.(label);
    const result = await untilAborted(work(), failure).catch((error: unknown) => {
      // What a Ctrl-C breaks is not what went wrong.
      signal?.throwIfAborted();
      throw error;
    });
    onStepEnd?.(label, Date.now() - startedAtMs);
    return result;
  };
}

async function startEmulators(
  resources: AsyncDisposableStack,
  data: { readonly queues: string; readonly table: string; readonly parameters: string } | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  onFailure: (error: unknown) => void,
) {
  const { AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SSM } = environment;
  // One after another: when one fails to start, none is left that is still starting.
  const queues = AWS_ENDPOINT_URL_SQS
    ? undefined
    : resources.use(await startQueueEmulator(data ? { dataFolder: data.queues, onFailure } : {}));
  const table = AWS_ENDPOINT_URL_DYNAMODB
    ? undefined
    : resources.use(await startTableEmulator(data ? { dataFolder: data.table, onFailure } : {}));
  const ssm = AWS_ENDPOINT_URL_SSM
    ? undefined
    : resources.use(await startParameterEmulator(data ? { file: data.parameters, onFailure } : {}));
  return {
    endpoints: {
      AWS_ENDPOINT_URL_SQS: queues?.endpoint ?? AWS_ENDPOINT_URL_SQS ?? '',
      AWS_ENDPOINT_URL_DYNAMODB: table?.endpoint ?? AWS_ENDPOINT_URL_DYNAMODB ?? '',
      AWS_ENDPOINT_URL_SSM: ssm?.endpoint ?? AWS_ENDPOINT_URL_SSM ?? '',
    },
  };
}
