import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { localAws } from '../aws/index.ts';
import {
  type EventBusEmulator,
  startEventBusEmulator,
  startParameterEmulator,
  startQueueEmulator,
  startTableEmulator,
  type TableStreams,
} from '../emulators/index.ts';
import type { DataFolder } from './data-folder.ts';

/** No request of the stack's own waits for longer; a receive polls for less. */
const bounded = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

type EndpointVariable =
  | 'AWS_ENDPOINT_URL_SQS'
  | 'AWS_ENDPOINT_URL_DYNAMODB'
  | 'AWS_ENDPOINT_URL_SSM'
  | 'AWS_ENDPOINT_URL_EVENTBRIDGE';

/** Where each service is, by the name of the environment variable that points a program at it. */
export type ServiceEndpoints = Readonly<Record<EndpointVariable, string>>;

/** Clients of the services, closed with the stack. */
export interface ServiceClients {
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly ssm: SSMClient;
  readonly eventbridge: EventBridgeClient;
}

export interface Services extends AsyncDisposable {
  readonly endpoints: ServiceEndpoints;
  readonly clients: ServiceClients;
  /** What the emulated tables tell of their writes; undefined where tables are on another server. */
  readonly streams: TableStreams | undefined;
  /** What is put on the emulated buses; undefined where buses are on another server. */
  readonly eventFeed: EventBusEmulator['feed'] | undefined;
}

interface ServicesOptions {
  /** Where the emulators keep what they hold; in memory unless given. */
  readonly data?: Pick<DataFolder, 'queues' | 'table' | 'parameters'> | undefined;
  /** A service whose endpoint is in it is used there, and not emulated. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told when an emulator could not keep a change. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Starts the emulators of the services, those that the environment does not name, and makes clients of all.
 *
 * @throws DataFolderError; nothing is left running then.
 */
export async function startServices({ data, environment, onFailure }: ServicesOptions): Promise<Services> {
  await using resources = new AsyncDisposableStack();
  // One after another: when one fails to start, none is left that is still starting.
  const unlessNamed = async <T extends AsyncDisposable>(
    variable: EndpointVariable,
    start: () => Promise<T>,
  ) => (environment[variable] ? undefined : resources.use(await start()));
  const queues = await unlessNamed('AWS_ENDPOINT_URL_SQS', () =>
    startQueueEmulator(data ? { dataFolder: data.queues, onFailure } : {}),
  );
  const table = await unlessNamed('AWS_ENDPOINT_URL_DYNAMODB', () =>
    startTableEmulator(data ? { dataFolder: data.table, onFailure } : {}),
  );
  const parameters = await unlessNamed('AWS_ENDPOINT_URL_SSM', () =>
    startParameterEmulator(data ? { file: data.parameters, onFailure } : {}),
  );
  const buses = await unlessNamed('AWS_ENDPOINT_URL_EVENTBRIDGE', () => startEventBusEmulator());
  const endpointOf = (variable: EndpointVariable, emulator: { readonly endpoint: string } | undefined) =>
    emulator?.endpoint ?? environment[variable] ?? '';
  const endpoints: ServiceEndpoints = {
    AWS_ENDPOINT_URL_SQS: endpointOf('AWS_ENDPOINT_URL_SQS', queues),
    AWS_ENDPOINT_URL_DYNAMODB: endpointOf('AWS_ENDPOINT_URL_DYNAMODB', table),
    AWS_ENDPOINT_URL_SSM: endpointOf('AWS_ENDPOINT_URL_SSM', parameters),
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpointOf('AWS_ENDPOINT_URL_EVENTBRIDGE', buses),
  };
  const clients = clientsOf(endpoints);
  for (const client of Object.values(clients)) resources.defer(() => client.destroy());
  const running = resources.move();
  return {
    endpoints,
    clients,
    streams: table?.streams,
    eventFeed: buses?.feed,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function clientsOf(endpoints: ServiceEndpoints): ServiceClients {
  const common = { region: localAws.region, credentials: localAws.credentials, requestHandler: bounded };
  return {
    sqs: new SQSClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SQS }),
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_DYNAMODB }),
    ssm: new SSMClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SSM }),
    eventbridge: new EventBridgeClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_EVENTBRIDGE }),
  };
}
