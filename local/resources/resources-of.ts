import type { z } from 'zod';
import { TemplateError } from '../errors.ts';
import type { Template } from '../template/template.ts';

export interface TypedResource<Properties> {
  readonly logicalId: string;
  readonly properties: Properties;
}

/**
 * The resources of a type, with the properties that the schema names: resolved and checked. What it does not name is
 * not read, and may refer to what the embedded stack does not have.
 *
 * @throws TemplateError naming the resource and what is wrong with it.
 */
export function resourcesOf<Schema extends z.ZodObject>(
  template: Template,
  type: string,
  resolve: (value: unknown) => unknown,
  schema: Schema,
): TypedResource<z.output<Schema>>[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([logicalId, { Properties = {} }]) => {
      const wanted = Object.entries(Properties).filter(([name]) => name in schema.shape);
      const parsed = schema.safeParse(resolve(Object.fromEntries(wanted)));
      if (parsed.success) return { logicalId, properties: parsed.data };
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new TemplateError(`${logicalId} (${type}) is not what was expected: ${problems.join('; ')}`);
    });
}
