import type { z } from 'zod';
import { jsonSchemas } from './json-schemas.ts';
import type { JsonSchema } from './open-api-types.ts';

const DOCUMENT = '#/components/schemas/';
const ITSELF = '#/$defs/';

/**
 * A JSON Schema that is a document of its own: what it refers to is in its `$defs`.
 *
 * @param direction `sent`: unknown fields are refused. `answered`: fields may be added in later versions.
 */
export function selfContainedSchema(schema: z.ZodType, direction: 'sent' | 'answered'): JsonSchema {
  const schemas = jsonSchemas();
  const { $ref, ...root } = schemas[direction](schema);
  const { [$ref?.slice(DOCUMENT.length) ?? '']: named, ...others } = schemas.named();
  const whole = { ...root, ...named, ...(Object.keys(others).length > 0 && { $defs: others }) };
  return withOwnReferences(whole) as JsonSchema;
}

function withOwnReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOwnReferences);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([keyword, said]) => [
    keyword,
    keyword === '$ref' ? String(said).replace(DOCUMENT, ITSELF) : withOwnReferences(said),
  ]);
  return Object.fromEntries(entries);
}
