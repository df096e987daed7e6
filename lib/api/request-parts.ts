import { z } from 'zod';
import { nameSchema, type SessionKey } from '../session/index.ts';
import type { ApiRequest } from './api-request.ts';
import { parseInput } from './parse-input.ts';

/** A whole number within bounds, in a query or a path. */
export function integerParameter(min: number, max: number) {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, expected)
    .transform(Number)
    .pipe(z.number().min(min, expected).max(max, expected))
    .meta({ documentedAs: z.int().min(min).max(max) });
}

/** A query parameter that is true or false; false unless given. */
export const flagSchema = z
  .enum(['true', 'false'], "'true' or 'false'")
  .default('false')
  .transform((flag) => flag === 'true')
  .meta({ documentedAs: z.boolean().default(false) });

/** What a path names of a session. */
export const sessionPathParameters = {
  sessionId: nameSchema.describe('The session. Whoever creates it chooses its id.'),
  messageId: nameSchema.describe('The message, by the id that it was sent with or was given.'),
  commitId: nameSchema.describe('The commit.'),
  archive: integerParameter(1, 999_999).describe('The number of the archive; they count from 1.'),
};

const sessionPathSchema = z.looseObject({ sessionId: sessionPathParameters.sessionId });
const messagePathSchema = z.looseObject({ messageId: sessionPathParameters.messageId });
const commitPathSchema = z.looseObject({ commitId: sessionPathParameters.commitId });
const archivePathSchema = z.looseObject({ archive: sessionPathParameters.archive });

/** What repeats of a request have in common. */
export const idempotencyKeySchema = nameSchema.describe(
  'Requests with the same key are one. Choose a random one for each thing to be done, and repeat it with the request.',
);
const idempotencyHeaderSchema = z.looseObject({ 'idempotency-key': idempotencyKeySchema.optional() });
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

/** The message that a request is about. @throws InvalidInputError */
export function messageIdOf({ path }: ApiRequest): string {
  return parseInput('path', messagePathSchema, path).messageId;
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
