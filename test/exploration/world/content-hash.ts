const known = new WeakMap<object, number>();

/** A 53-bit hash of what a value says, the same in every thread. Objects must not change once they are hashed. */
export function contentHash(value: unknown): number {
  if (typeof value !== 'object' || value === null)
    return hashText(String(value), typeof value === 'string' ? 1 : 2);
  const cached = known.get(value);
  if (cached !== undefined) return cached;
  const hash = hashText(textOf(value), 3);
  known.set(value, hash);
  return hash;
}

function textOf(value: object): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return JSON.stringify(value);
}

/** Of a text, in 53 bits. */
export function hashText(text: string, seed = 0): number {
  const [high, low] = hashPair(text, seed);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** Of a text, in twice 32 bits, after "cyrb53" by bryc (public domain): two multiplicative hashes, mixed at the end. */
export function hashPair(text: string, seed = 0): readonly [number, number] {
  let first = 0xdeadbeef ^ seed;
  let second = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 2654435761);
    second = Math.imul(second ^ code, 1597334677);
  }
  first = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  second = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  return [first | 0, second | 0];
}
