import { z } from 'zod';
import { TemplateError } from '../errors.ts';

/** What the intrinsic functions look up. */
export interface References {
  /** @throws TemplateError */
  ref(name: string): string;
  /** @throws TemplateError */
  attribute(logicalId: string, name: string): string;
}

/** Carries out a function on its argument, in which `resolve` carries out others. @throws TemplateError */
export type Intrinsic = (argument: unknown, resolve: (value: unknown) => unknown) => unknown;

const attributeSchema = z.union([
  z.string().transform((text) => text.split('.')),
  z.tuple([z.string()], z.string()),
]);
const joinSchema = z.tuple([z.string(), z.array(z.unknown())]);
const splitSchema = z.tuple([z.string(), z.string()]);
const selectSchema = z.tuple([z.coerce.number().int().min(0), z.array(z.unknown())]);
const substituteSchema = z.union([
  z.string().transform((text) => [text, {}] as const),
  z.tuple([z.string(), z.record(z.string(), z.unknown())]),
]);

/** The functions that the embedded stack knows, by name. */
export function makeIntrinsics({ ref, attribute }: References): ReadonlyMap<string, Intrinsic> {
  function substitute(text: string, variables: ReadonlyMap<string, unknown>): string {
    return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, expression: string) => {
      if (literal) return `\${${expression}}`;
      if (variables.has(expression)) return String(variables.get(expression));
      const [logicalId = '', ...path] = expression.split('.');
      return path.length > 0 ? attribute(logicalId, path.join('.')) : ref(logicalId);
    });
  }

  return new Map<string, Intrinsic>([
    ['Ref', (argument) => ref(checked('Ref', z.string(), 'a name', argument))],
    [
      'Fn::GetAtt',
      (argument) => {
        const [logicalId = '', ...path] = checked('Fn::GetAtt', attributeSchema, 'an attribute', argument);
        return attribute(logicalId, path.join('.'));
      },
    ],
    [
      'Fn::Join',
      (argument, resolve) => {
        const [separator, parts] = checked(
          'Fn::Join',
          joinSchema,
          'a separator and a list',
          resolve(argument),
        );
        return parts.join(separator);
      },
    ],
    [
      'Fn::Sub',
      (argument, resolve) => {
        const expected = 'a text, or one with variables';
        const [text, variables] = checked('Fn::Sub', substituteSchema, expected, resolve(argument));
        return substitute(text, new Map(Object.entries(variables)));
      },
    ],
    [
      'Fn::Select',
      (argument, resolve) => {
        const [index, values] = checked('Fn::Select', selectSchema, 'an index and a list', resolve(argument));
        if (index < values.length) return values[index];
        throw new TemplateError(`Fn::Select asks for number ${index}, from 0, of ${values.length} values.`);
      },
    ],
    [
      'Fn::Split',
      (argument, resolve) => {
        const [separator, text] = checked(
          'Fn::Split',
          splitSchema,
          'a separator and a text',
          resolve(argument),
        );
        return text.split(separator);
      },
    ],
  ]);
}

function checked<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  expected: string,
  argument: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(argument);
  if (parsed.success) return parsed.data;
  throw new TemplateError(`${name} must be given ${expected}, not ${JSON.stringify(argument)}.`);
}
