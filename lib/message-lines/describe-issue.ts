import { abridged } from '../text/index.ts';

const EXCERPT_CHARACTERS = 60;

/** What is wrong with a field of something, with what it is. Fields of the metadata go by their own names. */
export function describeIssue(candidate: unknown, path: readonly PropertyKey[], message: string): string {
  const field = path
    .map(String)
    .join('.')
    .replace(/^metadata\./, '');
  const value = path.reduce<unknown>(
    (parent, key) => (typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined),
    candidate,
  );
  return value === undefined ? `${field} is missing` : `${field}: ${message}; it is ${excerptOf(value)}`;
}

/** The beginning of a value as JSON, at most 60 characters. */
export function excerptOf(value: unknown): string {
  return abridged(JSON.stringify(value) ?? String(value), EXCERPT_CHARACTERS);
}
