import type { OpenApiDocument } from '../../lib/api/index.ts';
import { markdownTable } from '../tables/markdown-table.ts';
import { codesOf, operationSection } from './operation-section.ts';
import { schemaSection } from './schema-section.ts';

/** The page of the HTTP API, as its OpenAPI document says it. */
export function apiPage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const { token } = components.securitySchemes as { token: { description: string } };
  return [
    '# HTTP API',
    'Made from [openapi.json](openapi.json) by `npm run docs`. Every deployment serves that document at `GET /openapi.json`, without a token. README.md has [the rules](../README.md#http-api) that hold for several operations.',
    info.description,
    `**Tokens.** \`Authorization: Bearer …\`. ${token.description}`,
    operationsTable(document, ''),
    ...tags.map((tag) => groupSection(document, tag)),
    '## Problems',
    'A problem document (RFC 9457, `application/problem+json`) has a stable `code`. Every operation may answer 401, 403, 429, 500 and 503.',
    problemsTable(document),
    '## Schemas',
    ...Object.entries(components.schemas).map(([name, schema]) =>
      [`### ${name}`, schema.description, schemaSection(schema)].filter(Boolean).join('\n\n'),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Every operation, with links to the page. */
export function operationsTable(document: OpenApiDocument, page: string): string {
  const rows = operationsOf(document).map(({ method, path, operation }) => [
    `[\`${method.toUpperCase()} ${path}\`](${page}#${operation.operationId.toLowerCase()})`,
    operation.summary,
    Object.keys(operation.responses)
      .filter((status) => status < '400')
      .join(', '),
  ]);
  return markdownTable(['request', 'does', 'answers'], rows);
}

/** The codes of problems, by status. */
function problemsTable(document: OpenApiDocument): string {
  const responses = [
    ...operationsOf(document).flatMap(({ operation }) => Object.entries(operation.responses)),
    ...[
      ['403', 'Forbidden'],
      ['500', 'InternalError'],
      ['503', 'TryAgain'],
    ].map(([status = '', name = '']) => [status, document.components.responses[name]] as const),
  ];
  const codes = new Map<string, Set<string>>();
  for (const [status, response] of responses) {
    const content = response && 'content' in response ? response.content : undefined;
    const own = codesOf(content?.['application/problem+json']?.schema);
    if (own.length > 0) codes.set(status, new Set([...(codes.get(status) ?? []), ...own]));
  }
  const rows = [...codes]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([status, some]) => [status, [...some].map((code) => `\`${code}\``).join(', ')]);
  return markdownTable(['status', 'codes'], rows);
}

function operationsOf({ paths }: OpenApiDocument) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function groupSection(
  document: OpenApiDocument,
  { name, description }: OpenApiDocument['tags'][number],
): string {
  const sections = operationsOf(document)
    .filter(({ operation }) => operation.tags.includes(name))
    .map(({ operation, ...place }) => operationSection(document, place, operation));
  return [`## ${name}`, description, ...sections].join('\n\n');
}
