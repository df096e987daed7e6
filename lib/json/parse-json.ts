/** Every string of a JSON text, with the colon behind it if it is a key. */
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/gs;

/**
 * `JSON.parse`, but for a mistake of V8's: Node 24.21 may take a key that is written with a backslash for another one, which
 * an object before it had. `{"x":1,"\"":2}` has the keys `x` and `\` there once `{"x":1,"\\":2}` was parsed. So keys are not
 * shown to it that are written so.
 *
 * It takes time in proportion to the text, and no stack of its own.
 *
 * @throws SyntaxError, as `JSON.parse` does.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!text.includes('\\')) return value;
  const { keys, withoutKeys } = takeKeys(text);
  return keys.size === 0 ? value : giveKeys(JSON.parse(withoutKeys), keys);
}

/** @param text what `JSON.parse` has accepted. */
function takeKeys(text: string) {
  // A page that did not come by https has no `randomUUID`.
  const mark = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const keys = new Map<string, string>();
  const withoutKeys = text.replace(STRING, (written, colon: string | undefined) => {
    if (colon === undefined || !written.includes('\\')) return written;
    const name = `${mark}-${keys.size}`;
    keys.set(name, JSON.parse(written.slice(0, -colon.length)) as string);
    return `"${name}"${colon}`;
  });
  return { keys, withoutKeys };
}

function giveKeys(value: unknown, keys: ReadonlyMap<string, string>): unknown {
  const left = [value];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    const entries = Object.entries(one);
    if (!Array.isArray(one) && entries.some(([key]) => keys.has(key))) rename(one, entries, keys);
    for (const [, inner] of entries) left.push(inner);
  }
  return value;
}

/** In the order in which they were; `__proto__` is a key like any other. */
function rename(one: object, entries: readonly [string, unknown][], keys: ReadonlyMap<string, string>): void {
  for (const [key] of entries) Reflect.deleteProperty(one, key);
  for (const [key, value] of entries) {
    const property = { value, enumerable: true, writable: true, configurable: true };
    Object.defineProperty(one, keys.get(key) ?? key, property);
  }
}
