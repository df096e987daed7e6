import { isKeptNumber } from './is-kept-number.ts';
import { jsonTokens } from './json-tokens.ts';

/** What of a JSON text would not be kept as it is: where, and why. */
export interface Inexactness {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** An array or object that is open. */
interface Frame {
  /** Of an object: the keys so far. */
  readonly keys?: Set<string>;
  isKeyNext: boolean;
  /** The present key or index. */
  at: string | number;
}

/**
 * What of a JSON text its value would not show as it was sent: keys that are there twice, numbers that no double
 * holds, halves of surrogate pairs; and nesting that is too deep, which ends the search. It takes time in proportion
 * to the text.
 *
 * @param text what `JSON.parse` has accepted.
 * @returns the first `maxProblems`.
 */
export function findInexact(
  text: string,
  { maxDepth, maxProblems }: { readonly maxDepth: number; readonly maxProblems: number },
): Inexactness[] {
  const problems: Inexactness[] = [];
  const open: Frame[] = [];
  for (const token of jsonTokens(text)) {
    const isOpening = token === '{' || token === '[';
    const isTooDeep = isOpening && open.length === maxDepth;
    const messages = isTooDeep
      ? [`nested more than ${maxDepth} deep: flatten it, or send it as text`]
      : take(open, token);
    for (const message of messages) problems.push({ path: open.map(({ at }) => at), message });
    if (isTooDeep || problems.length >= maxProblems) break;
  }
  return problems.slice(0, maxProblems);
}

/** Goes past a token. @returns what is wrong with it. */
function take(open: Frame[], token: string): readonly string[] {
  const frame = open.at(-1);
  switch (token) {
    case '{':
      open.push({ keys: new Set(), isKeyNext: true, at: '' });
      return [];
    case '[':
      open.push({ isKeyNext: false, at: 0 });
      return [];
    case '}':
    case ']':
      open.pop();
      return [];
    case ',':
      if (frame) goOn(frame);
      return [];
    case ':':
      return [];
    default:
      if (!token.startsWith('"')) return isKeptNumber(token) ? [] : [describeNumber(token)];
      return takeText(frame, unquote(token));
  }
}

function goOn(frame: Frame): void {
  if (typeof frame.at === 'number') frame.at += 1;
  else frame.isKeyNext = true;
}

const HALF = 'a lone surrogate (\\ud800 to \\udfff), which is not text';

function takeText(frame: Frame | undefined, text: string): readonly string[] {
  const isHalf = !text.isWellFormed();
  if (!frame?.keys || !frame.isKeyNext) return isHalf ? [`has ${HALF}`] : [];
  const isRepeated = frame.keys.has(text);
  frame.keys.add(text);
  frame.at = text;
  frame.isKeyNext = false;
  return [
    ...(isHalf ? [`the key has ${HALF}`] : []),
    ...(isRepeated ? ['the key occurs twice, and only one of the two could be kept'] : []),
  ];
}

function describeNumber(text: string): string {
  return `this number would come back as ${JSON.stringify(Number(text))}; to keep it, send it as text, in quotes`;
}

function unquote(token: string): string {
  return token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
}
