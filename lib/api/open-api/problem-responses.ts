import { groupBy } from '../../groups/index.ts';
import { type ProblemCode, problemStatuses } from '../problem-statuses.ts';
import { problemViewSchema } from '../views/index.ts';
import type { Contract } from './contract.ts';
import type { JsonSchemas } from './json-schemas.ts';
import type { MediaType, Reference, ResponseObject } from './open-api-types.ts';

/** What the gateway in front of the API answers by itself. */
const gatewayMessage: MediaType = {
  schema: {
    type: 'object',
    properties: { message: { type: ['string', 'null'] } },
    required: ['message'],
  },
};

const meanings: Readonly<Record<number, string>> = {
  400: 'The request is not valid. `errors` names the fields at fault.',
  403: 'The token has no usable claim `tenant` or `sub`. The gateway itself says so with a `message`.',
  404: 'There is no such thing.',
  409: 'The state does not allow it.',
  410: 'The session was deleted. Ids are not used again.',
  413: 'It is too large. The gateway itself says so of more than 10 MB with a `message`.',
  422: 'It contradicts an earlier request.',
  500: 'A fault of Commitlane, which a retry does not fix; the logs have the details.',
  503: 'Repeat the request. The gateway itself says so, with a `message`, when there is no answer in 30 s.',
};

/** Those that every operation may give, by name. */
export function sharedResponses(schemas: JsonSchemas): Record<string, ResponseObject> {
  const again = codesOf(503);
  return {
    Unauthorized: {
      description: 'There is no valid token.',
      content: { 'application/json': gatewayMessage },
    },
    Forbidden: problem(schemas, 403, ['identity-incomplete'], { 'application/json': gatewayMessage }),
    TooManyRequests: {
      description: 'Too many requests. Wait, and repeat this one.',
      content: { 'application/json': gatewayMessage },
    },
    InternalError: problem(schemas, 500, ['internal-error']),
    TryAgain: {
      ...problem(schemas, 503, again, { 'application/json': gatewayMessage }),
      headers: {
        'Retry-After': {
          description: 'When to repeat the request, in seconds.',
          schema: { type: 'integer', minimum: 1 },
        },
      },
    },
  };
}

/** What an operation may answer that is no success. */
export function problemResponses(
  schemas: JsonSchemas,
  { body, problems }: Pick<Contract, 'body' | 'problems'>,
): Record<string, ResponseObject | Reference> {
  const own: readonly ProblemCode[] = [
    'invalid-input',
    ...(body ? (['malformed-json', 'body-not-utf8', 'body-too-large'] as const) : []),
    ...problems,
  ];
  // An append has a problem of its own for it.
  const codes = own.filter((code) => code !== 'body-too-large' || !own.includes('append-too-large'));
  const byStatus = [...groupBy(codes, (code) => problemStatuses[code])];
  return {
    ...Object.fromEntries(byStatus.map(([status, some]) => [status, problem(schemas, status, some)])),
    401: { $ref: '#/components/responses/Unauthorized' },
    403: { $ref: '#/components/responses/Forbidden' },
    429: { $ref: '#/components/responses/TooManyRequests' },
    500: { $ref: '#/components/responses/InternalError' },
    503: { $ref: '#/components/responses/TryAgain' },
  };
}

function codesOf(status: number): string[] {
  return Object.entries(problemStatuses).flatMap(([code, its]) => (its === status ? [code] : []));
}

function problem(
  schemas: JsonSchemas,
  status: number,
  codes: readonly string[],
  others: Readonly<Record<string, MediaType>> = {},
): ResponseObject {
  const codeSchema = { type: 'object', properties: { code: { enum: codes } } };
  return {
    description: meanings[status] ?? '',
    content: {
      'application/problem+json': { schema: { allOf: [schemas.answered(problemViewSchema), codeSchema] } },
      ...others,
    },
  };
}
