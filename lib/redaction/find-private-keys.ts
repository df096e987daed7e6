import type { FoundSecret } from './secret-kinds.ts';

const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const END_HERE = new RegExp(END.source, 'y');
/** Headers that a key may begin with (RFC 1421, RFC 4880), and white space, also as JSON writes it. */
const HEADER = /(?:Proc-Type|DEK-Info|Version|Comment|Hash): [^\n\\]{0,200}/y;
const SPACE = /(?:\s|\\[nr])+/y;
/** A line of a key: no word of a sentence is as long. */
const LINE = /=?[A-Za-z0-9+/]{16,}={0,2}/y;
/** The last line of a key, or what is left of it. */
const LAST_LINE = /=?[A-Za-z0-9+/]{1,15}={0,2}(?=\s|\\[nr]|-----END|["'`.…]|$)/y;
const LINE_END = /^(?: |\r?\n|(?:\\r)?\\n)$/;
const MIN_LINE = 16;
const IN_LINE = /[A-Za-z0-9+/=]/;
const BETWEEN_LINES = /\s/;

/** Private keys in PEM and OpenPGP armour, whole or cut off at either end; their first or last line alone is no secret. */
export function findPrivateKeys(text: string): FoundSecret[] {
  if (!text.includes('PRIVATE KEY')) return [];
  const found: FoundSecret[] = [];
  for (const { index: start, 0: marker } of text.matchAll(BEGIN)) {
    const end = endOfBody(text, start + marker.length);
    if (end !== undefined) found.push({ kind: 'private-key', start, end });
  }
  const whole = new Set(found.map(({ end }) => end));
  for (const { index, 0: marker } of text.matchAll(END)) {
    const end = index + marker.length;
    const start = whole.has(end) ? undefined : startOfTail(text, index);
    if (start !== undefined) found.push({ kind: 'private-key', start, end });
  }
  return found;
}

/** Behind the last line that belongs to the key; undefined when there is none. */
function endOfBody(text: string, start: number): number | undefined {
  let position = start;
  let end: number | undefined;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = position;
    if (!pattern.test(text)) return false;
    position = pattern.lastIndex;
    return true;
  };
  for (;;) {
    if (take(SPACE) || take(HEADER)) continue;
    if (!take(LINE)) break;
    end = position;
  }
  if (end === undefined) return undefined;
  if (LINE_END.test(text.slice(end, position)) && take(LAST_LINE)) end = position;
  take(SPACE);
  return take(END_HERE) ? position : end;
}

/** Where the lines before a last line begin; undefined when there is none of a key. The very last may be short. */
function startOfTail(text: string, end: number): number | undefined {
  let start: number | undefined;
  for (let position = end; ; ) {
    const lineEnd = skipBack(text, position);
    let lineStart = lineEnd;
    while (lineStart > 0 && IN_LINE.test(text.charAt(lineStart - 1))) lineStart -= 1;
    // What looks like a letter here is the second half of a `\n` that was written out.
    if (text.charAt(lineStart - 1) === '\\') lineStart += 1;
    const length = lineEnd - lineStart;
    if (length < MIN_LINE && (length < 1 || position !== end)) return start;
    if (length >= MIN_LINE) start = lineStart;
    position = lineStart;
  }
}

function skipBack(text: string, from: number): number {
  let position = from;
  for (;;) {
    if (BETWEEN_LINES.test(text.charAt(position - 1))) position -= 1;
    else if (/^\\[nr]$/.test(text.slice(Math.max(0, position - 2), position))) position -= 2;
    else return position;
  }
}
