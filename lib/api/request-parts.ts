import { z } from 'zod';
import { nameSchema, type SessionKey } from '../session/index.ts';
import type { ApiRequest } from './api-request.ts';
import { parseInput } from './parse-input.ts';

const sessionPathSchema = z.looseObject({ sessionId: nameSchema });
const commitPathSchema = z.looseObject({ commitId: nameSchema });
const idempotencyHeaderSchema = z.looseObject({ 'idempotency-key': nameSchema.optional() });
const noQuerySchema = z.strictObject({});

/** The session that a request is about, of the caller's own tenant. @throws InvalidInputError */
export function sessionOf({ identity, path }: ApiRequest): SessionKey {
  const { sessionId } = parseInput('path', sessionPathSchema, path);
  return { tenant: identity.tenant, session: sessionId };
}

/** The commit that a request is about. @throws InvalidInputError */
export function commitIdOf({ path }: ApiRequest): string {
  return parseInput('path', commitPathSchema, path).commitId;
}

/** The archive that a request is about. @throws InvalidInputError */
export function archiveOf({ path }: ApiRequest): number {
  return parseInput('path', archivePathSchema, path).archive;
}

/** The header `Idempotency-Key`, if the request has it. @throws InvalidInputError */
export function idempotencyKeyOf({ headers }: ApiRequest): { idempotencyKey?: string } {
  const { 'idempotency-key': idempotencyKey } = parseInput('headers', idempotencyHeaderSchema, headers);
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

/** @throws InvalidInputError when there is a query where none is understood. */
export function refuseQuery({ query }: ApiRequest): void {
  parseInput('query', noQuerySchema, query);
}

/** A query parameter that is true or false; false unless given. */
export const flagSchema = z
  .enum(['true', 'false'], "'true' or 'false'")
  .default('false')
  .transform((flag) => flag === 'true');

/** A query parameter that is a whole number within bounds. */
export function integerParameter(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .pipe(z.number().min(min, expected).max(max, expected));
}

/** An archive's number has 6 digits. */
const archivePathSchema = z.looseObject({ archive: integerParameter(1, 999_999) });
