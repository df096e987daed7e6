import type { JsonObject, JsonValue } from '../../messages/index.ts';

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object that is a text; undefined where there is none. */
export function textField(value: JsonValue | undefined, field: string): string | undefined {
  const found = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return typeof found === 'string' ? found : undefined;
}
