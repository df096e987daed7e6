import { isObject } from './shape.ts';

/** Whether two JSON values are equal; the order of keys, and keys that are `undefined`, do not count. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((value, index) => sameJson(value, other[index]))
    );
  }
  if (!isObject(one)) return Object.is(one, other);
  if (!isObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => sameJson(fieldOf(one, key), fieldOf(other, key)));
}

/** Of the object itself: `__proto__` is a key like any other. */
function fieldOf(value: { readonly [field: string]: unknown }, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
