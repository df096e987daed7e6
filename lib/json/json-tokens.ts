/** The start of a token that matters; `true`, `false` and `null` do not. */
const START = /[{}[\],:"]|-?\d[\d.eE+-]*/g;

/**
 * The tokens of a text that is known to be JSON, in order: marks of punctuation, strings with their quotes, numbers.
 * It takes time in proportion to the text, and no stack.
 *
 * @param text what `JSON.parse` has accepted; the tokens of any other text mean nothing.
 */
export function* jsonTokens(text: string): Generator<string, void> {
  const start = new RegExp(START);
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const [token] = found;
    if (token === '"') {
      const end = endOfString(text, start.lastIndex);
      yield text.slice(found.index, end);
      start.lastIndex = end;
    } else {
      yield token;
    }
  }
}

/** Behind the first quote that no backslash escapes. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (quote - backslashes > from && text[quote - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
