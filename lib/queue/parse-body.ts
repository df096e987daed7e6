import type { z } from 'zod';
import { InvalidMessageError } from './errors.ts';
import { reasonText } from './reason-text.ts';

/** A body may have as many mistakes as it has bytes; nobody reads more of them. */
const MAX_PROBLEMS = 10;
const MAX_NAMED_KEYS = 3;
const MAX_KEY_LENGTH = 40;

/**
 * The body of a message, checked against what its consumer expects.
 *
 * @throws InvalidMessageError naming the first ten things that are wrong, in a few hundred characters; what the body
 * says is not quoted, but for the beginnings of three unknown keys.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    // Not the parser's own words: they quote the body.
    throw new InvalidMessageError('it is not JSON', { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const more = issues.length > MAX_PROBLEMS ? [`and ${issues.length - MAX_PROBLEMS} more`] : [];
  throw new InvalidMessageError([...issues.slice(0, MAX_PROBLEMS).map(problemOf), ...more].join('; '));
}

function problemOf(issue: z.core.$ZodIssue): string {
  const words = issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys) : issue.message;
  return `${issue.path.map((part) => named(String(part))).join('.') || 'body'}: ${words}`;
}

function unknownKeys(keys: readonly string[]): string {
  const some = keys
    .slice(0, MAX_NAMED_KEYS)
    .map((key) => `"${named(key)}"`)
    .join(', ');
  if (keys.length === 1) return `unknown field ${some}`;
  return `${keys.length} unknown fields, ${keys.length > MAX_NAMED_KEYS ? 'such as ' : ''}${some}`;
}

/** A key that somebody else has chosen. */
function named(key: string): string {
  return key === '' ? '' : reasonText(key, MAX_KEY_LENGTH);
}
