import { z } from 'zod';
import type { Synthesised } from './synthesised.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const statementSchema = z.strictObject({ Effect: z.literal('Allow'), Action: texts, Resource: z.unknown() });
const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.unknown()),
});

export interface Permission {
  readonly actions: readonly string[];
  /** The resource's logical id without its hash, the rest of an ARN that was put together, or `*`. */
  readonly on: string;
}

/** What a function may do: every statement of every policy of its role. */
export function permissionsOf(stack: Synthesised, functionPrefix: string): Permission[] {
  const { Properties } = stack.resource('AWS::Lambda::Function', functionPrefix);
  const role = stack.referred(Properties['Role']);
  return stack
    .resources('AWS::IAM::Policy')
    .map((policy) => policySchema.parse(policy.Properties))
    .filter(({ Roles }) => Roles.some((one) => stack.referred(one) === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      [Resource].flat().map((one) => ({ actions: Action.toSorted(), on: nameOf(stack, one) })),
    );
}

function nameOf(stack: Synthesised, resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { 'Fn::Join': join } = resource as { 'Fn::Join'?: [string, unknown[]] };
  if (join) return String(join[1].at(-1)).replace(/^:/, '');
  return stack.referred(resource).logicalId.replace(/[0-9A-F]{8}$/, '');
}
