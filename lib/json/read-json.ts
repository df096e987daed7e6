import { fieldName } from './field-name.ts';
import { findInexact } from './find-inexact.ts';
import { parseJson } from './parse-json.ts';

/** How deep arrays and objects may be nested, the outermost included. */
export const MAX_JSON_DEPTH = 64;

/** More would help nobody, and an answer has to be short. */
const MAX_PROBLEMS = 10;

/** A JSON text: its value, or why it has none, or what in it could not be kept unaltered. */
export type JsonReading =
  | { readonly kind: 'exact'; readonly value: unknown }
  | { readonly kind: 'malformed'; readonly reason: string }
  | {
      readonly kind: 'inexact';
      /** The first ten; `field` is empty for the text as a whole. */
      readonly problems: readonly { readonly field: string; readonly message: string }[];
    };

/**
 * Reads a JSON text of which nothing may be altered: it has to be I-JSON (RFC 7493), nested at most `MAX_JSON_DEPTH`
 * deep. Writing the value again, with `JSON.stringify`, gives the same keys, texts and numbers. A key `__proto__` is
 * an ordinary key of the value, as `JSON.parse` has it.
 *
 * It takes time and memory in proportion to the text, whatever the text is; bounding its length is the caller's.
 *
 * @param text a byte order mark before it is ignored (RFC 8259, 8.1).
 */
export function readJson(text: string): JsonReading {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  let value: unknown;
  try {
    value = parseJson(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'malformed', reason: reasonOf(error) };
  }
  const inexact = findInexact(json, { maxDepth: MAX_JSON_DEPTH, maxProblems: MAX_PROBLEMS });
  if (inexact.length === 0) return { kind: 'exact', value };
  const problems = inexact.map(({ path, message }) => ({ field: fieldName(path), message }));
  return { kind: 'inexact', problems };
}

/** V8's own words, without the excerpt that some of them have: what was sent is not repeated. */
function reasonOf({ message }: SyntaxError): string {
  const [reason = message] = message.split(/(?: '.{1,2}')?, (?:\.\.\.)?"/su, 1);
  return reason;
}
