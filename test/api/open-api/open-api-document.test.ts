import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { routes } from '../../../lib/api/index.ts';
import { callerOperations, openApiChecks } from './open-api-checks.ts';

const checks = openApiChecks();
const { document } = checks;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

describe('the OpenAPI document', () => {
  it('is valid, of version 3.1, and all that it refers to is there', async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const references = JSON.stringify(document).match(/"#\/components\/[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(100);
    for (const quoted of new Set(references)) {
      const [, , kind = '', name = ''] = (JSON.parse(quoted) as string).split('/');
      expect(document.components, quoted).toHaveProperty([kind, name]);
    }
  });

  it('has every route, under its own name, and nothing else', () => {
    const described = operations.map(({ method, path, operation }) => [
      operation.operationId,
      `${method.toUpperCase()} ${path}`,
    ]);
    const served = Object.entries(routes).map(([name, { method, path }]) => [name, `${method} ${path}`]);
    expect(described.sort()).toEqual(served.sort());
  });

  it('asks for a token, but for what is open to anybody', () => {
    expect(document.security).toEqual([{ token: [] }]);
    expect(document.components.securitySchemes).toHaveProperty('token.bearerFormat', 'JWT');
    const open = operations.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ path }) => path)).toEqual(
      Object.values(routes).flatMap((route) => ('isOpen' in route ? [route.path] : [])),
    );
  });

  it.each(callerOperations)(
    'describes %s: each parameter of its path and query, its body, its answers',
    (name) => {
      const { summary, description, parameters = [], responses, requestBody, tags } = checks.objectOf(name);
      const { path, method } = routes[name];
      const inPath = parameters.filter((one) => one.in === 'path').map((one) => `{${one.name}}`);
      expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? []);
      for (const parameter of parameters) {
        expect(parameter.description, parameter.name).toMatch(/^[A-Z`].*\.$/);
        expect(Object.keys(parameter.schema), parameter.name).not.toEqual([]);
      }
      expect(summary).toMatch(/^[A-Z].*[^.]$/);
      if (method !== 'GET') expect(description).toMatch(/Sent again: .*\.$/);
      expect(document.tags.map((tag) => tag.name)).toContain(tags[0]);
      expect(requestBody === undefined || ['PUT', 'POST', 'PATCH'].includes(method)).toBe(true);
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '429', '500', '503']),
      );
      expect(Object.keys(responses).filter((status) => status < '300')).not.toEqual([]);
    },
  );

  it.each(callerOperations)('has examples of %s that are as it says', (name) => {
    const { parameters = [], responses, requestBody } = checks.objectOf(name);
    const wrong = parameters.filter(
      ({ example }, index) => example !== undefined && !checks.takesParameter(name, index, example),
    );
    expect(wrong).toEqual([]);
    const body = requestBody?.content['application/json']?.example;
    expect(body === undefined || checks.takesBody(name, body)).toBe(true);
    for (const [status, response] of Object.entries(responses)) {
      const example = 'content' in response ? response.content?.['application/json']?.example : undefined;
      if (example === undefined) continue;
      expect(checks.objectionTo(name, Number(status), example)).toBeUndefined();
      expect(checks.undocumented(name, Number(status), example)).toBeUndefined();
    }
  });

  it('has a word for every field of what is sent and answered', () => {
    const unnamed = Object.entries(document.components.schemas).flatMap(([name, { description }]) =>
      description ? [] : [name],
    );
    expect(unnamed).toEqual([]);
  });

  it('says no to unknown fields of what is sent, and leaves room for those of later answers', () => {
    expect(document.components.schemas).toHaveProperty('NewMessage.additionalProperties', false);
    expect(checks.takesBody('editMemory', { text: 'x', more: 1 })).toBe(false);
    expect(document.components.schemas).not.toHaveProperty('SessionView.additionalProperties');
  });
});
