import type { z } from 'zod';
import { fieldName, readJson } from '../json/index.ts';
import { appendBounds } from '../session/index.ts';
import { abridged } from '../text/index.ts';
import { BodyTooLargeError, type FieldProblem, InvalidInputError, MalformedJsonError } from './errors.ts';

/** More are not reported: an answer has to stay short, whatever was sent. */
const MAX_PROBLEMS = 10;
const MAX_MESSAGE_CHARACTERS = 200;
const MAX_KEYS = 3;

/** Text whose characters are written as `\u00e9` takes up to three times its bytes; the rest is room for spaces. */
const MAX_BODY_BYTES = 4 * appendBounds.maxBytes;

/**
 * Checks a part of a request against what the operation takes.
 *
 * @param where names the part in messages about the whole of it: `body`, `query`, `path`, `headers`.
 * @throws InvalidInputError naming the first ten fields that are wrong, each with its bound.
 */
export function parseInput<Schema extends z.ZodType>(
  where: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, MAX_PROBLEMS).map(
    (issue): FieldProblem => ({
      field: fieldName(issue.path) || where,
      message: abridged(messageOf(issue), MAX_MESSAGE_CHARACTERS),
    }),
  );
  throw new InvalidInputError(problems);
}

/**
 * The value of a body; that of an absent or empty one is an empty object.
 *
 * @param tooLarge what is thrown for a body of more than 1 MiB.
 * @throws MalformedJsonError; InvalidInputError naming what would not be kept unaltered.
 */
export function parseJson(
  body: string | undefined,
  tooLarge = (bytes: number): Error => new BodyTooLargeError(bytes, MAX_BODY_BYTES),
): unknown {
  if (body === undefined) return {};
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_BODY_BYTES) throw tooLarge(bytes);
  if (body.trim() === '') return {};
  const reading = readJson(body);
  if (reading.kind === 'malformed') throw new MalformedJsonError(reading.reason);
  if (reading.kind === 'exact') return reading.value;
  throw new InvalidInputError(
    reading.problems.map(({ field, message }) => ({ field: field || 'body', message })),
  );
}

/** Keys come from the sender: only the first of them are shown, and only their beginning. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const shown = issue.keys.slice(0, MAX_KEYS).map((key) => fieldName([key]));
  const more = issue.keys.length - shown.length;
  return `unknown field${issue.keys.length > 1 ? 's' : ''}: ${shown.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
