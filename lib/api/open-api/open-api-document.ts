import { routes } from '../routes.ts';
import type { Contract } from './contract.ts';
import { contractGroups, contracts } from './contracts/contract-groups.ts';
import { type JsonSchemas, jsonSchemas } from './json-schemas.ts';
import type { OpenApiDocument, OperationObject, ResponseObject } from './open-api-types.ts';
import { parametersOf } from './parameters.ts';
import { problemResponses, sharedResponses } from './problem-responses.ts';

const ABOUT = `Ids, names and keys are 1 to 128 characters out of \`A-Z a-z 0-9 . _ : @ + | -\`, but not \`.\` or \`..\`. Unknown fields and query parameters are refused; answers may get further fields in later versions.

The tenant comes from the verified caller and from nowhere else. It is the only boundary: a caller may read every session and every scope of its tenant, and correct and erase memories in every scope.

Lists come in pages. Pass \`nextAfter\` of one page as \`after\` of the next; a page without it is the last. A page may hold fewer than \`limit\`, even none, and not be the last.

Every request may be sent again. Operations that do more than read say what becomes of it then. Errors are problem documents (RFC 9457) with a stable \`code\`.`;

const description = {
  name: 'Description',
  description: 'What the API says of itself.',
};

/**
 * The OpenAPI document of the HTTP API, the same for every deployment. It is made anew at each call, in some 20 ms.
 *
 * @param version of the package.
 */
export function openApiDocument(version: string): OpenApiDocument {
  const schemas = jsonSchemas();
  const responses = sharedResponses(schemas);
  const paths = pathsOf(schemas);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Commitlane',
      summary: 'Stores the sessions of chat and agent products, archives them, and remembers what was said.',
      description: ABOUT,
      version,
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Where this document is served.' }],
    security: [{ token: [] }],
    tags: [...contractGroups.map(({ name, about }) => ({ name, description: about })), description],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            "A token of the deployment's issuer, for its audience, with the claims `tenant` and `sub`. A deployment with `auth=iam` takes requests that are signed for IAM (Signature Version 4) in its place.",
        },
      },
      responses,
      schemas: schemas.named(),
    },
  };
}

function pathsOf(schemas: JsonSchemas): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, OperationObject>> = {};
  const add = ({ method, path }: { method: string; path: string }, operation: OperationObject) => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  for (const { name, contracts: some } of contractGroups) {
    for (const operation of Object.keys(some) as (keyof typeof some)[]) {
      const { path } = routes[operation];
      add(routes[operation], operationObject(schemas, { operation, path, tag: name }, contracts[operation]));
    }
  }
  add(routes.getOpenApi, ownDescription);
  return paths;
}

function operationObject(
  schemas: JsonSchemas,
  { operation, path, tag }: { readonly operation: string; readonly path: string; readonly tag: string },
  contract: Contract,
): OperationObject {
  const { does, details, repeated, body, example } = contract;
  const parameters = parametersOf(schemas, path, contract);
  return {
    operationId: operation,
    tags: [tag],
    summary: does,
    description: [details, repeated && `Sent again: ${repeated}`].filter(Boolean).join('\n\n'),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: body.isRequired,
        content: {
          'application/json': {
            schema: schemas.sent(body.schema),
            ...(example.body && { example: example.body }),
          },
        },
      },
    }),
    responses: { ...answersOf(schemas, contract), ...problemResponses(schemas, contract) },
  };
}

function answersOf(schemas: JsonSchemas, { answers, example }: Contract): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { means, view }]) => [
      status,
      {
        description: means,
        ...(view && {
          content: {
            'application/json': {
              schema: schemas.answered(view),
              ...(example.answer && { example: example.answer }),
            },
          },
        }),
      },
    ]),
  );
}

const etag = { description: 'Names this version of the document.', schema: { type: 'string' } };

const ownDescription: OperationObject = {
  operationId: 'getOpenApi',
  tags: [description.name],
  summary: 'Returns this document',
  description: 'It is the same for every caller, and may be kept for five minutes.',
  security: [],
  parameters: [
    {
      name: 'If-None-Match',
      in: 'header',
      required: false,
      description: 'The `ETag` of an earlier answer.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    200: {
      description: 'An OpenAPI document of version 3.1.',
      headers: { ETag: etag },
      content: { 'application/json': { schema: { type: 'object' } } },
    },
    304: { description: 'It has not changed.', headers: { ETag: etag } },
    429: { $ref: '#/components/responses/TooManyRequests' },
    500: { $ref: '#/components/responses/InternalError' },
    503: { $ref: '#/components/responses/TryAgain' },
  },
};
