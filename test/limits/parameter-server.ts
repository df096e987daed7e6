import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { limitDefinitions } from '../../lib/limits/index.ts';
import { startParameterEmulator } from '../../local/emulators/index.ts';

const PATH = '/commitlane/test';

/** A client that tries once, so that a failure shows at once; counts the pages of parameters that it asks for. */
export function countingClient(endpoint: string) {
  const client = new SSMClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  let requests = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      requests += 1;
      return next(args);
    },
    { step: 'initialize', name: 'countRequests' },
  );
  return {
    client,
    get requests() {
      return requests;
    },
  };
}

/** A parameter server with every limit at its default, as a deployment leaves it. */
export async function parameterServer() {
  const emulator = await startParameterEmulator({});
  const operator = countingClient(emulator.endpoint).client;
  const reader = countingClient(emulator.endpoint);
  const set = (name: string, value: string) =>
    operator.send(
      new PutParameterCommand({ Name: `${PATH}/${name}`, Value: value, Type: 'String', Overwrite: true }),
    );
  for (const { name, default: value } of limitDefinitions) await set(name, String(value));
  return {
    path: PATH,
    reader,
    set,
    unset: (name: string) => operator.send(new DeleteParameterCommand({ Name: `${PATH}/${name}` })),
    stop: () => emulator[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => {
      operator.destroy();
      reader.client.destroy();
      await emulator[Symbol.asyncDispose]();
    },
  };
}
