import { memoryPathParameters } from '../memory-parts.ts';
import { idempotencyKeySchema, sessionPathParameters } from '../request-parts.ts';
import type { Contract } from './contract.ts';
import type { JsonSchemas } from './json-schemas.ts';
import type { JsonSchema, Parameter } from './open-api-types.ts';

const pathParameters = new Map(Object.entries({ ...sessionPathParameters, ...memoryPathParameters }));

/** What a path names in every example. */
const examplePath: Readonly<Record<string, string | number>> = {
  sessionId: 'tea',
  messageId: 'm1',
  commitId: '01KE0000000000000000000000',
  archive: 1,
  scope: 'ann',
  category: 'preference',
  key: 'drink',
};

/** What an operation takes besides its body: what its path names, its query, its headers. */
export function parametersOf(
  schemas: JsonSchemas,
  path: string,
  { query, takesIdempotencyKey, example }: Pick<Contract, 'query' | 'takesIdempotencyKey' | 'example'>,
): readonly Parameter[] {
  return [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => pathParameter(schemas, name)),
    ...(query ? queryParameters(schemas.sent(query), example.query ?? {}) : []),
    ...(takesIdempotencyKey
      ? [parameter('header', 'Idempotency-Key', false, schemas.sent(idempotencyKeySchema), 'a1')]
      : []),
  ];
}

/** @throws RangeError for one without a schema. */
function pathParameter(schemas: JsonSchemas, name: string): Parameter {
  const schema = pathParameters.get(name);
  if (!schema) throw new RangeError(`The parameter '${name}' of a path has no schema.`);
  return parameter('path', name, true, schemas.sent(schema), examplePath[name]);
}

function queryParameters(
  { properties = {}, required = [] }: JsonSchema,
  example: NonNullable<Contract['example']['query']>,
): Parameter[] {
  return Object.entries(properties).map(([name, schema]) =>
    parameter('query', name, required.includes(name), schema, example[name]),
  );
}

function parameter(
  where: Parameter['in'],
  name: string,
  required: boolean,
  { description = '', ...schema }: JsonSchema,
  example: string | number | boolean | undefined,
): Parameter {
  return {
    name,
    in: where,
    required,
    description,
    schema,
    ...(example !== undefined && { example }),
  };
}
