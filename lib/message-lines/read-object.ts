import { readJson } from '../json/index.ts';
import { excerptOf } from './describe-issue.ts';
import { type Fields, isObject } from './read-line.ts';

/** The object that a line holds, or all that keeps it from being read unaltered. */
export type ObjectReading =
  | { readonly kind: 'object'; readonly value: Fields }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Reads a line of JSON Lines, of which nothing may be altered. */
export function readObject(line: string): ObjectReading {
  const reading = readJson(line);
  switch (reading.kind) {
    case 'malformed':
      return { kind: 'problems', problems: [`not JSON (${reading.reason})`] };
    case 'inexact': {
      const problems = reading.problems.map(({ field, message }) =>
        field ? `${field}: ${message}` : message,
      );
      return { kind: 'problems', problems };
    }
    case 'exact': {
      const { value } = reading;
      if (isObject(value)) return { kind: 'object', value };
      return { kind: 'problems', problems: [`must be a JSON object, not ${excerptOf(value)}`] };
    }
  }
}
