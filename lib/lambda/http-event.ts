import type { AuthorizerResult } from '../api/index.ts';

type Texts = Readonly<Record<string, string>>;

/** What is read of an event of API Gateway's payload format 2.0. */
export interface HttpEvent {
  /** As the gateway matched it, such as `PUT /sessions/{sessionId}`; empty for none. */
  readonly routeKey: string;
  readonly path: Texts;
  readonly query: Texts;
  /** Names in lower case. */
  readonly headers: Texts;
  readonly body: string | undefined;
  readonly isBase64Encoded: boolean;
  readonly authorizer: AuthorizerResult | undefined;
}

/** Reads an event. A part that is missing, null, or not what the gateway would send counts as absent. */
export function readHttpEvent(event: unknown): HttpEvent {
  const { routeKey, pathParameters, queryStringParameters, headers, body, isBase64Encoded, requestContext } =
    fieldsOf(event);
  const { authorizer } = fieldsOf(requestContext);
  const { jwt, iam } = fieldsOf(authorizer);
  return {
    routeKey: typeof routeKey === 'string' ? routeKey : '',
    path: textsOf(pathParameters),
    query: textsOf(queryStringParameters),
    headers: inLowerCase(textsOf(headers)),
    body: typeof body === 'string' ? body : undefined,
    isBase64Encoded: isBase64Encoded === true,
    authorizer: {
      ...(jwt !== undefined && { jwt: { claims: fieldsOf(fieldsOf(jwt)['claims']) } }),
      ...(typeof iam === 'object' && { iam }),
    },
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textsOf(value: unknown): Texts {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (field): field is [string, string] => typeof field[1] === 'string',
    ),
  );
}

function inLowerCase(headers: Texts): Texts {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
