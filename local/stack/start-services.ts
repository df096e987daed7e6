import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { localAws } from '../aws/index.ts';
import { startParameterEmulator, startQueueEmulator, startTableEmulator } from '../emulators/index.ts';
import type { DataFolder } from './data-folder.ts';

/** No request of the stack's own waits for longer; a receive polls for less. */
const bounded = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

type EndpointVariable = 'AWS_ENDPOINT_URL_SQS' | 'AWS_ENDPOINT_URL_DYNAMODB' | 'AWS_ENDPOINT_URL_SSM';

/** Where each service is, by the name of the environment variable that points a program at it. */
export type ServiceEndpoints = Readonly<Record<EndpointVariable, string>>;

/** Clients of the services, closed with the stack. */
export interface ServiceClients {
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly ssm: SSMClient;
}

export interface Services extends AsyncDisposable {
  readonly endpoints: ServiceEndpoints;
  readonly clients: ServiceClients;
}

interface ServicesOptions {
  /** Where the emulators keep what they hold; in memory unless given. */
  readonly data?: Pick<DataFolder, 'queues' | 'table' | 'parameters'> | undefined;
  /** A service whose endpoint is in it is used there, and not emulated. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told when an emulator could not keep a change. */
  readonly onFailure: (error: unknown) => void;
}

type StartEmulator = (
  options: Omit<ServicesOptions, 'environment'>,
) => Promise<AsyncDisposable & { readonly endpoint: string }>;

const emulators: Readonly<Record<EndpointVariable, StartEmulator>> = {
  AWS_ENDPOINT_URL_SQS: ({ data, onFailure }) =>
    startQueueEmulator(data ? { dataFolder: data.queues, onFailure } : {}),
  AWS_ENDPOINT_URL_DYNAMODB: ({ data, onFailure }) =>
    startTableEmulator(data ? { dataFolder: data.table, onFailure } : {}),
  AWS_ENDPOINT_URL_SSM: ({ data, onFailure }) =>
    startParameterEmulator(data ? { file: data.parameters, onFailure } : {}),
};

/**
 * Starts the emulators of the services, those that the environment does not name, and makes clients of all.
 *
 * @throws DataFolderError; nothing is left running then.
 */
export async function startServices({ environment, ...options }: ServicesOptions): Promise<Services> {
  await using resources = new AsyncDisposableStack();
  // One after another: when one fails to start, none is left that is still starting.
  const endpointOf = async (variable: EndpointVariable) =>
    environment[variable] || resources.use(await emulators[variable](options)).endpoint;
  const endpoints: ServiceEndpoints = {
    AWS_ENDPOINT_URL_SQS: await endpointOf('AWS_ENDPOINT_URL_SQS'),
    AWS_ENDPOINT_URL_DYNAMODB: await endpointOf('AWS_ENDPOINT_URL_DYNAMODB'),
    AWS_ENDPOINT_URL_SSM: await endpointOf('AWS_ENDPOINT_URL_SSM'),
  };
  const clients = clientsOf(endpoints);
  for (const client of Object.values(clients)) resources.defer(() => client.destroy());
  const running = resources.move();
  return { endpoints, clients, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function clientsOf(endpoints: ServiceEndpoints): ServiceClients {
  const common = { region: localAws.region, credentials: localAws.credentials, requestHandler: bounded };
  return {
    sqs: new SQSClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SQS }),
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_DYNAMODB }),
    ssm: new SSMClient({ ...common, endpoint: endpoints.AWS_ENDPOINT_URL_SSM }),
  };
}
