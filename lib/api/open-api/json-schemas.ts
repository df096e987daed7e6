import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { JsonSchema } from './open-api-types.ts';

/** Makes JSON Schemas, and collects those that have an id: they are referred to. */
export interface JsonSchemas {
  /** Of what is sent: unknown fields are refused. */
  sent(schema: z.ZodType): JsonSchema;
  /** Of what is answered: fields may be added in later versions. */
  answered(schema: z.ZodType): JsonSchema;
  /** By id, in the order of the alphabet. */
  named(): Record<string, JsonSchema>;
}

/** @throws RangeError when two schemas have the same id, and are not the same. */
export function jsonSchemas(): JsonSchemas {
  const known = new Map<string, JsonSchema>();
  const keep: Keep = (id, named) => {
    if (!isDeepStrictEqual(known.get(id) ?? named, named)) {
      throw new RangeError(`There are two schemas '${id}', and they are not the same.`);
    }
    known.set(id, named);
  };
  const sent = new Map<z.ZodType, JsonSchema>();
  const answered = new Map<z.ZodType, JsonSchema>();
  const convert = (made: Map<z.ZodType, JsonSchema>, schema: z.ZodType, io: 'input' | 'output') => {
    const json = made.get(schema) ?? (tidied(rawSchema(schema, io), io, keep) as JsonSchema);
    made.set(schema, json);
    return json;
  };
  return {
    sent: (schema) => convert(sent, schema, 'input'),
    answered: (schema) => convert(answered, schema, 'output'),
    named: () => Object.fromEntries([...known].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** A schema whose checks JSON Schema cannot say, such as one that reads a number from a text, has a second one that can be. */
function rawSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ jsonSchema }) {
      const { documentedAs, description } = jsonSchema;
      if (!(documentedAs instanceof z.ZodType)) return;
      for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword];
      Object.assign(jsonSchema, rawSchema(documentedAs, io), description && { description });
    },
  });
}

type Keep = (id: string, schema: JsonSchema) => void;

/** Without what means nothing to readers, and with definitions where OpenAPI has them. */
function tidied(value: unknown, io: 'input' | 'output', keep: Keep): unknown {
  if (Array.isArray(value)) return value.map((item) => tidied(item, io, keep));
  if (typeof value !== 'object' || value === null) return value;
  const { $schema: _, $defs = {}, ...keywords } = value as Record<string, unknown>;
  for (const [id, named] of Object.entries($defs as object)) {
    keep(id, tidied(named, io, keep) as JsonSchema);
  }
  const kept = Object.entries(keywords).filter(
    ([keyword, said]) => !isNoise(keyword, said, keywords) && !(io === 'output' && isClosing(keyword, said)),
  );
  return Object.fromEntries(
    kept.map(([keyword, said]) => [
      keyword,
      keyword === '$ref' ? String(said).replace('#/$defs/', '#/components/schemas/') : tidied(said, io, keep),
    ]),
  );
}

const isClosing = (keyword: string, said: unknown) => keyword === 'additionalProperties' && said === false;

function isNoise(keyword: string, said: unknown, { format }: Record<string, unknown>): boolean {
  const isAnyInteger = (keyword === 'maximum' || keyword === 'minimum') && !isBound(said);
  // The pattern of a time repeats its format; a field that is never there need not be mentioned.
  const isPatternOfFormat = keyword === 'pattern' && format === 'date-time';
  // No format of JSON Schema; `contentEncoding` says it.
  const isBase64 = keyword === 'format' && said === 'base64';
  const isNever = typeof said === 'object' && said !== null && isDeepStrictEqual(said, { not: {} });
  return (
    isAnyInteger || isPatternOfFormat || isBase64 || isNever || (keyword === 'readOnly' && said === true)
  );
}

const isBound = (said: unknown) => typeof said !== 'number' || Math.abs(said) < Number.MAX_SAFE_INTEGER;
