import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../../lib/api/index.ts';
import { type ApiWorld, apiWorld, type Call } from './api-world.ts';
import { arbitraryOf } from './arbitrary-of.ts';
import { type CallerOperation, callerOperations, openApiChecks } from './open-api-checks.ts';

const checks = openApiChecks();
const { document } = checks;
const runs = { numRuns: 60 };

let world: ApiWorld;
beforeAll(async () => {
  world = await apiWorld();
});

/** What the document says in words, because a schema cannot. */
const inWords = [
  /^at least one of pendingTokens, messageCount and idleSeconds must be a number/,
  /^must be above keepRecent/,
  /^must be one of the deployment's categories/,
  /^must be a text without control characters/,
  /^The (text|key) looks as if it held a secret/,
  /^must be the nextAfter of a page of the same category/,
];
/** With `q`, the list of memories takes less. */
const withQuery = [/^unknown field: forgotten$/, /^a whole number from 1 to 100$/];

async function expectTaken(operation: CallerOperation, call: Call) {
  // The session is wanted for what comes after.
  const path = operation === 'deleteSession' ? { sessionId: 'none' } : {};
  const { status, body } = await world.ask(operation, { path, ...call });
  const { errors = [], code } = (body ?? {}) as Partial<ProblemView>;
  expect(status, `${code} ${JSON.stringify(call)}`).toBeLessThan(500);
  if (status !== 400) return;
  const reasons = call.query?.['q'] === undefined ? inWords : [...inWords, ...withQuery];
  const unsaid = errors.filter(({ message }) => !reasons.some((reason) => reason.test(message)));
  expect(unsaid, JSON.stringify(call)).toEqual([]);
}

async function expectRefused(operation: CallerOperation, call: Call) {
  const { status, body } = await world.ask(operation, call);
  expect({ status, body }, JSON.stringify(call)).toMatchObject({
    status: 400,
    body: { code: 'invalid-input' },
  });
}

const bodies = callerOperations.flatMap((operation) => {
  const schema = checks.objectOf(operation).requestBody?.content['application/json']?.schema;
  return schema ? [[operation, arbitraryOf(document, schema)] as const] : [];
});

describe('a body', () => {
  it.each(bodies)('that the document allows is taken: %s', async (operation, values) => {
    const allowed = values.filter((body) => checks.takesBody(operation, body));
    await fc.assert(
      fc.asyncProperty(allowed, (body) => expectTaken(operation, { body })),
      runs,
    );
  });

  it.each(bodies)('that the document forbids is refused: %s', async (operation, values) => {
    const spoilt = fc.tuple(values, fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(spoil);
    const forbidden = fc
      .oneof(values, spoilt, fc.jsonValue())
      .filter((body) => !checks.takesBody(operation, body));
    await fc.assert(
      fc.asyncProperty(forbidden, (body) => expectRefused(operation, { body: JSON.stringify(body) })),
      runs,
    );
  });
});

/** The value with something else in one place of it, or with a field more. */
function spoil([value, where, other]: [unknown, number, unknown]): unknown {
  const copy: unknown = structuredClone(value);
  const places = placesIn(copy);
  const place = places[where % (places.length + 1)];
  if (!place) return other;
  place.holder[place.name] = other;
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  const own = Object.keys(holder).map((name) => ({ holder, name }));
  const unknown = Array.isArray(value) ? [] : [{ holder, name: 'unheardOf' }];
  return [...own, ...unknown, ...Object.values(holder).flatMap(placesIn)];
}

const queries = callerOperations.flatMap((operation) => {
  const all = (checks.objectOf(operation).parameters ?? []).map((parameter, index) => ({
    ...parameter,
    index,
  }));
  const parameters = all.filter((one) => one.in === 'query');
  return parameters.length > 0 ? [{ operation, parameters }] : [];
});

/** A query about as the document says, as texts. */
function queryOf({ parameters }: (typeof queries)[number]) {
  return fc.record(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [name, arbitraryOf(document, schema).map(String)]),
    ),
    { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
  );
}

/** The value that a text of a query stands for, where the schema asks for something else than a text. */
function valueIn(text: string, type: unknown): unknown {
  if (type === 'boolean') return text === 'true' || text === 'false' ? text === 'true' : text;
  if (type === 'integer' || type === 'number') return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  return text;
}

function isAllowed({ operation, parameters }: (typeof queries)[number], query: Record<string, unknown>) {
  return parameters.every(({ name, index, schema }) => {
    const text = query[name];
    return (
      text === undefined || checks.takesParameter(operation, index, valueIn(String(text), schema['type']))
    );
  });
}

const oddTexts = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom('', ' ', '0', '-1', '1.5', '1e3', '99999999999999', 'yes', 'x'.repeat(1_001), '..'),
);

describe('a query', () => {
  it.each(queries)('that the document allows is taken: $operation', async (one) => {
    const allowed = queryOf(one).filter((query) => isAllowed(one, query));
    await fc.assert(
      fc.asyncProperty(allowed, (query) => expectTaken(one.operation, { query })),
      runs,
    );
  });

  it.each(queries)('that the document forbids is refused: $operation', async (one) => {
    const { operation, parameters } = one;
    const spoilt = fc
      .tuple(queryOf(one), fc.constantFrom(...parameters), oddTexts)
      .filter(
        ([, { index, schema }, text]) =>
          !checks.takesParameter(operation, index, valueIn(text, schema['type'])),
      )
      .map(([query, { name }, text]) => ({ ...query, [name]: text }));
    const unknown = queryOf(one).map((query) => ({ ...query, unheardOf: 'x' }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt, unknown), (query) => expectRefused(operation, { query })),
      runs,
    );
    const names = parameters.filter(({ required }) => required).map(({ name }) => name);
    if (names.length > 0) await expectRefused(operation, {});
  });
});

it('names in a path what the document says, and nothing else', async () => {
  const paths = callerOperations.flatMap((operation) =>
    (checks.objectOf(operation).parameters ?? []).flatMap((parameter, index) =>
      parameter.in === 'path' ? [{ operation, index, ...parameter }] : [],
    ),
  );
  for (const { operation, index, name, schema } of paths) {
    const forbidden = oddTexts.filter(
      (text) => !checks.takesParameter(operation, index, valueIn(text, schema['type'])),
    );
    const query = operation === 'searchSession' ? { q: 'x' } : {};
    await fc.assert(
      fc.asyncProperty(forbidden, (text) => expectRefused(operation, { path: { [name]: text }, query })),
      { numRuns: 8 },
    );
  }
});
