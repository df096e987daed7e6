import type { OpenApiDocument, OperationObject } from '../../lib/api/index.ts';
import { markdownTable } from '../tables/markdown-table.ts';
import { fieldTable } from './schema-section.ts';
import { type Schema, schemaWords } from './schema-words.ts';

type Response = OpenApiDocument['components']['responses'][string];

interface Place {
  readonly method: string;
  readonly path: string;
}

/** An operation: what it takes, what it answers, an example. */
export function operationSection(
  { components }: Pick<OpenApiDocument, 'components'>,
  place: Place,
  operation: OperationObject,
): string {
  const { operationId, summary, description, parameters = [], requestBody } = operation;
  const body = requestBody?.content['application/json'];
  return [
    `### ${operationId}`,
    `\`${place.method.toUpperCase()} ${place.path}\``,
    `${summary}.`,
    description,
    parameters.length > 0 &&
      markdownTable(['parameter', 'in', 'type', 'meaning'], parameters.map(parameterRow)),
    body && `The body${requestBody.required ? '' : ', which may be left out'}:\n\n${fieldTable(body.schema)}`,
    markdownTable(['status', 'answer', 'meaning'], answerRows(components, operation)),
    exampleOf(place, operation),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function parameterRow({
  name,
  in: where,
  required,
  schema,
  description,
}: NonNullable<OperationObject['parameters']>[number]) {
  return [`\`${name}${required ? '' : '?'}\``, where, schemaWords(schema), description];
}

function answerRows({ responses: shared }: OpenApiDocument['components'], { responses }: OperationObject) {
  return Object.entries(responses).flatMap(([status, response]) => {
    if ('$ref' in response && Number(status) !== 403) return [];
    const found = '$ref' in response ? shared[response.$ref.split('/').at(-1) ?? ''] : response;
    return found && Number(status) !== 403 ? [[status, bodyWords(found), found.description]] : [];
  });
}

function bodyWords({ content }: Response): string {
  const codes = codesOf(content?.['application/problem+json']?.schema);
  if (codes.length > 0) return codes.map((code) => `\`${code}\``).join(', ');
  const schema = content?.['application/json']?.schema;
  return schema ? schemaWords(schema) : '–';
}

/** The codes of the problem documents of an answer. */
export function codesOf(schema: Schema | undefined): readonly string[] {
  const [, narrowed] = (schema?.['allOf'] ?? []) as Schema[];
  return (narrowed?.properties?.['code']?.['enum'] ?? []) as string[];
}

function exampleOf(
  { method, path }: Place,
  { parameters = [], requestBody, responses }: OperationObject,
): string {
  const exampleFor = (name: string) => parameters.find((one) => one.name === name)?.example;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(exampleFor(name)));
  const query = parameters.flatMap(({ name, in: where, example }) =>
    where === 'query' && example !== undefined ? [`${name}=${example}`] : [],
  );
  const headers = parameters.flatMap(({ name, in: where, example }) =>
    where === 'header' && example !== undefined ? [`${name}: ${example}`] : [],
  );
  const body = requestBody?.content['application/json']?.example;
  const request = [
    `${method.toUpperCase()} ${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...headers,
    ...(body === undefined ? [] : ['', JSON.stringify(body, undefined, 2)]),
  ].join('\n');
  const answer = Object.values(responses)
    .map((response) => ('content' in response ? response.content?.['application/json']?.example : undefined))
    .find((example) => example !== undefined);
  const answered =
    answer === undefined ? '' : `\n\n\`\`\`json\n${JSON.stringify(answer, undefined, 2)}\n\`\`\``;
  return `\`\`\`http\n${request}\n\`\`\`${answered}`;
}
