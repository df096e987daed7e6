import type { Meter } from './meter.ts';
import type { Service } from './request-figure.ts';

/** A request on its way, as the SDK has put it together. */
interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  body: unknown;
}

interface Answer {
  readonly response: unknown;
  readonly output: object;
}

/** What a request costs, and which kind of item it is about; told after its answer, or its refusal. */
export interface Price {
  readonly target: string;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly refused: boolean;
}

/** How the requests of one service are priced. */
export interface Pricing {
  /** What the request is to ask for besides, so that its answer tells the price. */
  readonly ask: (operation: string, body: Record<string, unknown>) => Record<string, unknown>;
  /** @returns undefined for an error that is no answer: such a measurement is worth nothing, and fails anyway. */
  readonly price: (request: {
    operation: string;
    body: unknown;
    output?: object;
    error?: unknown;
  }) => Promise<Price | undefined>;
}

const unpriced: Pricing = {
  ask: (_operation, body) => body,
  price: async () => ({ target: '', writeUnits: 0, readUnits: 0, refused: false }),
};

/** To be added at the step `build`, with priority `high`: the body is there, and its length is not yet told. */
export const atBuild = { step: 'build', priority: 'high', name: 'countRequests' } as const;

/** A middleware of the AWS SDK that tells a meter about each request. */
export function countRequests(meter: Meter, service: Service, { ask, price }: Pricing = unpriced) {
  return <Arguments extends { request: unknown }, Result extends Answer>(
    next: (args: Arguments) => Promise<Result>,
  ) =>
    async (args: Arguments): Promise<Result> => {
      const request = args.request as WireRequest;
      const operation = operationOf(request);
      const text = textOf(request.body);
      const sentBytes = Buffer.byteLength(text);
      const body = ask(operation, JSON.parse(text) as Record<string, unknown>);
      request.body = JSON.stringify(body);
      const note = (priced: Price | undefined, response: unknown) => {
        if (!priced) return;
        const { refused, ...rest } = priced;
        const receivedBytes = lengthOf(response);
        meter.note({
          service,
          operation,
          count: 1,
          refused: refused ? 1 : 0,
          sentBytes,
          receivedBytes,
          ...rest,
        });
      };
      try {
        const answer = await next(args);
        note(await price({ operation, body, output: answer.output }), answer.response);
        return answer;
      } catch (error) {
        note(await price({ operation, body, error }), (error as { $response?: unknown }).$response);
        throw error;
      }
    };
}

/** Such as `PutItem`, of `DynamoDB_20120810.PutItem`. */
function operationOf({ headers }: WireRequest): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
}

function lengthOf(response: unknown): number {
  const { headers = {} } = (response ?? {}) as { headers?: Readonly<Record<string, string>> };
  return Number(headers['content-length'] ?? 0);
}
