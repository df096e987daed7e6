import { randomUUID } from 'node:crypto';
import { systemClock, untilAborted } from '../../lib/clock/index.ts';
import { withEventsRoute } from '../http/events-route.ts';
import type { Gateway } from '../http/gateway.ts';
import { makeEventBuses } from '../resources/make-event-buses.ts';
import { startEventSources } from '../resources/make-event-sources.ts';
import { makeFunctions } from '../resources/make-functions.ts';
import { makeParameters } from '../resources/make-parameters.ts';
import { makeQueues } from '../resources/make-queues.ts';
import { startSchedules } from '../resources/make-schedules.ts';
import { makeTables } from '../resources/make-tables.ts';
import { readOutputs } from '../resources/read-outputs.ts';
import { defineApi, readRoutes } from '../resources/read-routes.ts';
import { makeResolver } from '../template/resolver.ts';
import type { Assembly } from '../template/synthesise.ts';
import type { TokenIssuer } from '../tokens/index.ts';
import type { LocalStack } from './local-stack.ts';
import { type MachineParts, putSecrets } from './machine-parts.ts';
import type { Step } from './make-step.ts';
import type { StackSettings } from './stack-options.ts';
import type { Services } from './start-services.ts';

interface TemplateContext extends Pick<StackSettings, 'corsOrigins' | 'onLog' | 'onWarning'> {
  readonly services: Services;
  /** Limits that the environments of functions set, by variable. */
  readonly limitVariables: Readonly<Record<string, string>>;
  /** Whose secrets the functions find in parameters. */
  readonly machineParts: MachineParts;
  /** Serves the API from here on. */
  readonly gateway: Gateway;
  readonly tokens: TokenIssuer;
  readonly step: Step;
  /** Aborts when a service cannot keep what it is told: it answers no more. */
  readonly failure: AbortSignal;
  readonly onError: (error: unknown) => void;
}

/** What runs of a template. */
export type RunningTemplate = AsyncDisposable & Pick<LocalStack, 'outputs' | 'killBusy' | 'runSchedules'>;

/**
 * Makes the resources of a template in the services, and runs its functions, API, event sources and schedules.
 *
 * @throws TemplateError, TableOutdatedError, the failure's reason; nothing runs then.
 */
export async function runTemplate(assembly: Assembly, context: TemplateContext): Promise<RunningTemplate> {
  const { services, gateway, tokens, corsOrigins, step, failure, onError, onLog, onWarning } = context;
  const { template, stackName } = assembly;
  const { sqs, dynamodb, ssm, eventbridge } = services.clients;
  const queueEndpoint = services.endpoints.AWS_ENDPOINT_URL_SQS;
  await using resources = new AsyncDisposableStack();
  const resolver = makeResolver(template, stackName, {
    JwtIssuer: tokens.issuer,
    JwtAudience: tokens.audience,
  });
  const make = (label: string, work: () => Promise<void>) => step(label, () => untilAborted(work(), failure));
  await make('queues', () => makeQueues(template, resolver, sqs, queueEndpoint));
  await make('table', () => makeTables(template, resolver, dynamodb));
  await make('event bus', () => makeEventBuses(template, resolver, eventbridge));
  await make('parameters', async () => {
    await makeParameters(template, resolver, ssm);
    await putSecrets(context.machineParts, ssm);
  });

  const functions = makeFunctions(
    assembly,
    resolver,
    { ...services.endpoints, ...context.limitVariables },
    (name, line) => onLog(`${name} ${line}`),
  );
  for (const one of functions.values()) resources.use(one);
  const api = withEventsRoute(readRoutes(template, resolver, functions, onWarning), {
    feed: services.eventFeed,
    clock: systemClock,
  });
  gateway.serve({ ...api, origins: corsOrigins, tokens, onError });
  // It is to end before the functions that it calls.
  resources.use(gateway);
  defineApi(template, resolver, gateway.url);
  const outputs = readOutputs(template, resolver);
  const sources = startEventSources(template, resolver, functions, {
    sqs,
    queueEndpoint,
    streams: services.streams,
    clock: systemClock,
    onError,
    onWarning,
  });
  resources.defer(() => stopAll(sources));
  const schedules = startSchedules(template, resolver, functions, {
    clock: systemClock,
    newId: randomUUID,
    onError,
    onLog,
    onWarning,
  });
  resources.defer(() => stopAll(schedules));

  const running = resources.move();
  return {
    outputs,
    async killBusy(namePrefix) {
      const killed = await Promise.all(Array.from(functions.values(), (one) => one.killBusy(namePrefix)));
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
