import { limitVariablesIn } from '../../lib/limits/index.ts';
import { startRedisRest } from '../emulators/redis-rest/index.ts';
import { unusableData } from '../errors.ts';
import { openGateway } from '../http/gateway.ts';
import { uncovered } from '../resources/coverage.ts';
import { makeTokenIssuer } from '../tokens/index.ts';
import { openDataFolder } from './data-folder.ts';
import type { LocalStack } from './local-stack.ts';
import { contextOf } from './machine-parts.ts';
import { makeStep } from './make-step.ts';
import { requireModelServer } from './require-model-server.ts';
import { runTemplate } from './run-template.ts';
import { type LocalStackOptions, stackSettings } from './stack-options.ts';
import { startServices } from './start-services.ts';
import { synthesiseInSteps } from './synthesise-in-steps.ts';

/** Names nothing that exists: only this stack signs for it, with a key of its own. */
const OWN_ISSUER = { issuer: 'https://tokens.commitlane.local', audience: 'commitlane-local' };

/**
 * Starts the stack that would be deployed, on this machine: synthesizes the CDK app and interprets its template.
 *
 * A service whose endpoint is in the environment (`AWS_ENDPOINT_URL_SQS`, `_DYNAMODB`, `_SSM`) is used there, and not
 * emulated. What can be wrong with port, data and models shows before anything slow is done.
 *
 * @throws InvalidOptionsError, PortInUseError, PortRefusedError, DataFolderInUseError, DataFolderError,
 * ModelServerError, SynthesisError, TemplateError, TableOutdatedError, or the signal's reason; nothing is left running
 * then.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const settings = stackSettings(options);
  const { dataFolder, environment, leaseStore, model, embedding, signal, onLog, onWarning } = settings;
  await using resources = new AsyncDisposableStack();
  const step = makeStep(settings);
  const onError = (error: unknown) =>
    onLog(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  const failed = new AbortController();
  const onFailure = (error: unknown) => failed.abort(unusableData(dataFolder ?? '', error));

  const gateway = resources.use(await openGateway(settings.port));
  if (model) await requireModelServer(model.url, '--model-url', signal);
  if (embedding) await requireModelServer(embedding.url, '--embedding-url', signal);
  const data = dataFolder === undefined ? undefined : resources.use(await openDataFolder(dataFolder));
  const tokens = await makeTokenIssuer({ ...OWN_ISSUER, ...(data && { keyFile: data.signingKey }) });
  const services = await step('emulators', async () =>
    resources.use(await startServices({ data, environment, onFailure })),
  );
  const redis =
    leaseStore === 'upstash'
      ? await step(
          'Redis',
          async () => resources.use(await startRedisRest(environment['PATH'] ?? '')),
          withBackend,
        )
      : undefined;
  const machineParts = { redis, model, embedding };
  const limitVariables = limitVariablesIn(environment);
  const context = { ...settings.context, ...contextOf(machineParts) };
  const assembly = settings.assembly ?? resources.use(await synthesiseInSteps(settings, context, onError));
  for (const warning of uncovered(assembly.template)) onWarning(warning);
  const template = await runTemplate(assembly, {
    ...settings,
    services,
    machineParts,
    limitVariables,
    gateway,
    tokens,
    step,
    failure: failed.signal,
    onError,
  });
  resources.use(template);
  signal?.throwIfAborted();

  const running = resources.move();
  return {
    ...template,
    ...services.clients,
    apiUrl: gateway.url,
    stackName: assembly.stackName,
    endpoints: services.endpoints,
    limitVariables,
    mintToken: tokens.mint,
    tokens: { issuer: tokens.issuer, audience: tokens.audience, signingKey: tokens.signingKey },
    failure: failed.signal,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const withBackend = ({ backendLabel }: { readonly backendLabel: string }) => `Redis (${backendLabel})`;
