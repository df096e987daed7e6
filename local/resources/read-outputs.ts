import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';

/** The template's outputs, by name; every resource that one of them names must be defined. @throws TemplateError */
export function readOutputs({ Outputs = {} }: Template, resolver: Resolver): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Outputs).map(([name, { Value }]) => [name, String(resolver.resolve(Value))]),
  );
}
