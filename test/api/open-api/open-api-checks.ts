import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { contracts, type OpenApiDocument, openApiDocument, routes } from '../../../lib/api/index.ts';

export type CallerOperation = keyof typeof contracts;
export const callerOperations = Object.keys(contracts) as readonly CallerOperation[];

/** The document, and checks of what it says. */
export function openApiChecks() {
  // What a reader has: JSON.
  const document = JSON.parse(JSON.stringify(openApiDocument('0.0.0'))) as OpenApiDocument;
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const made = new Map<string, ValidateFunction>();

  /** @param where the names on the way to a schema in the document. */
  function validatorAt(...where: readonly (string | number)[]): ValidateFunction {
    const pointer = where.map((name) =>
      encodeURIComponent(String(name).replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const $ref = `openapi#/${pointer.join('/')}`;
    const validator = made.get($ref) ?? ajv.compile({ $ref });
    made.set($ref, validator);
    return validator;
  }

  const placeOf = (operation: CallerOperation) => {
    const { method, path } = routes[operation];
    return ['paths', path, method.toLowerCase()] as const;
  };
  const objectOf = (operation: CallerOperation) => {
    const { method, path } = routes[operation];
    const found = document.paths[path]?.[method.toLowerCase()];
    if (!found) throw new Error(`${operation} is not in the document`);
    return found;
  };

  /** What the document says against an answer; undefined where it says nothing against it. */
  function objectionTo(operation: CallerOperation, status: number, body: unknown): string | undefined {
    const response = objectOf(operation).responses[status];
    if (!response) return `${operation} never answers ${status}`;
    const place =
      '$ref' in response
        ? ['components', 'responses', response.$ref.split('/').at(-1) ?? '']
        : [...placeOf(operation), 'responses', status];
    const { content } = '$ref' in response ? resolved(response.$ref) : response;
    if (!content) return body === undefined ? undefined : `${operation} has no body at ${status}`;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const validate = validatorAt(...place, 'content', type, 'schema');
    return validate(body) ? undefined : ajv.errorsText(validate.errors);
  }

  function resolved(ref: string) {
    const response = document.components.responses[ref.split('/').at(-1) ?? ''];
    if (!response) throw new Error(`${ref} leads nowhere`);
    return response;
  }

  /** Fields that a view does not have: the document lets them be, because later versions may have more. */
  function undocumented(operation: CallerOperation, status: number, body: unknown): string | undefined {
    const view = contracts[operation].answers[status]?.view;
    if (!view) return undefined;
    return view.safeParse(body).error?.message;
  }

  return {
    document,
    objectOf,
    objectionTo,
    undocumented,
    takesBody: (operation: CallerOperation, body: unknown): boolean =>
      Boolean(
        validatorAt(...placeOf(operation), 'requestBody', 'content', 'application/json', 'schema')(body),
      ),
    takesParameter: (operation: CallerOperation, index: number, value: unknown): boolean =>
      Boolean(validatorAt(...placeOf(operation), 'parameters', index, 'schema')(value)),
  };
}
