/** Says whether a value is of a form. */
export type Guard<T> = (value: unknown) => value is T;

/** JSON as the types of other packages have it: they do not promise to leave it alone. */
export type Json = string | number | boolean | null | Json[] | { [field: string]: Json | undefined };

/** The type of what a guard lets pass. */
export type Guarded<G> = G extends (value: unknown) => value is infer T ? T : never;

interface Optional<T> {
  readonly optional: Guard<T>;
}

type Fields = Readonly<Record<string, Guard<unknown> | Optional<unknown>>>;
type OptionalKey<F> = { [K in keyof F]: F[K] extends { readonly optional: unknown } ? K : never }[keyof F];
type Flat<T> = { [K in keyof T]: T[K] };
type Shape<F> = Flat<
  { [K in Exclude<keyof F, OptionalKey<F>>]: Guarded<F[K]> } & {
    [K in OptionalKey<F>]?: F[K] extends Optional<infer T> ? T : never;
  }
>;

export function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text: Guard<string> = (value) => typeof value === 'string';
export const number: Guard<number> = (value) => typeof value === 'number';
export const flag: Guard<boolean> = (value) => typeof value === 'boolean';
export const anything: Guard<unknown> = (_value): _value is unknown => true;

/** Any value of JSON; what it holds is not looked at. */
export const json: Guard<Json> = (value): value is Json => value !== undefined;

export function instanceOf<T>(type: abstract new (...args: never) => T): Guard<T> {
  return (value): value is T => value instanceof type;
}

export function literal<const T extends string | boolean>(...values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((one) => one === value);
}

export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

export function listOf<T>(guard: Guard<T>): Guard<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(guard);
}

export function recordOf<T>(guard: Guard<T>): Guard<Record<string, T>> {
  return (value): value is Record<string, T> => isObject(value) && Object.values(value).every(guard);
}

export function anyOf<T extends readonly Guard<unknown>[]>(...guards: T): Guard<Guarded<T[number]>> {
  return (value): value is Guarded<T[number]> => guards.some((guard) => guard(value));
}

/** A field that may be left out. */
export function optional<T>(guard: Guard<T>): Optional<T> {
  return { optional: guard };
}

/** An object with these fields. It may have others: a peer's newer fields pass through. */
export function shape<F extends Fields>(fields: F): Guard<Shape<F>> {
  const known = Object.entries(fields);
  return (value): value is Shape<F> =>
    isObject(value) &&
    known.every(([name, field]) => {
      const found = Object.hasOwn(value, name) ? value[name] : undefined;
      return typeof field === 'function' ? field(found) : found === undefined || field.optional(found);
    });
}
