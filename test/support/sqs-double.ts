import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SQSClient } from '@aws-sdk/client-sqs';

/** How SQS refuses a request. */
export class SqsFault extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

type Input = Record<string, unknown>;

/** An SQS over HTTP that answers each action as a test says; a refusal is an SqsFault that is thrown. */
export async function sqsDouble(actions: Readonly<Record<string, (input: Input) => object>>) {
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const [status, body] = answer(actions[action], JSON.parse(await text(request)) as Input);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new SQSClient({
    endpoint,
    region: 'us-east-1',
    md5: false,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    client,
    endpoint,
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answer(action: ((input: Input) => object) | undefined, input: Input): [number, object] {
  try {
    if (!action) throw new SqsFault('UnsupportedOperation', 'There is no such action.');
    return [200, action(input)];
  } catch (error) {
    if (!(error instanceof SqsFault)) throw error;
    return [400, { __type: `com.amazonaws.sqs#${error.type}`, message: error.message }];
  }
}

interface Attribute {
  readonly DataType: string;
  readonly StringValue?: string;
}

const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** What the API reference of SendMessage says that SQS checks. @throws SqsFault */
export function checkMessage(
  { MessageBody = '', MessageAttributes = {} }: Input,
  maxBytes = 1_048_576,
): void {
  const attributes = Object.entries(MessageAttributes as Record<string, Attribute>);
  for (const value of [String(MessageBody), ...attributes.map(([, { StringValue = '' }]) => StringValue)]) {
    if (value === '') throw new SqsFault('InvalidParameterValue', 'The value must not be empty.');
    if (!ALLOWED.test(value) || !value.isWellFormed())
      throw new SqsFault('InvalidMessageContents', 'There are characters that are not allowed.');
  }
  const bytes = attributes.reduce(
    (sum, [name, { DataType, StringValue = '' }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue),
    Buffer.byteLength(String(MessageBody)),
  );
  if (bytes > maxBytes)
    throw new SqsFault('InvalidParameterValue', `A message must be shorter than ${maxBytes} bytes.`);
}

/** What SQS answers to a message that it takes. */
export const taken = () => ({ MessageId: '00000000-0000-0000-0000-000000000001' });
