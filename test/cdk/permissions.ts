import { z } from 'zod';
import type { Synthesised } from './synthesised.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const statementSchema = z.strictObject({
  Effect: z.literal('Allow'),
  Action: texts,
  Resource: z.unknown(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.unknown()),
});

export interface Permission {
  readonly actions: readonly string[];
  /** The resource's logical id without its hash, the rest of an ARN that was put together, or `*`. */
  readonly on: string;
  /** Only where what the condition names is this one; the same form as `on`. */
  readonly where?: Readonly<Record<string, string>>;
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
    .flatMap(({ Action, Resource, Condition }) =>
      [Resource].flat().map((one) => ({
        actions: Action.toSorted(),
        on: nameOf(stack, one),
        ...(Condition && { where: whereOf(stack, Condition) }),
      })),
    );
}

function whereOf(
  stack: Synthesised,
  condition: Record<string, Record<string, unknown>>,
): Record<string, string> {
  const { StringEquals = {}, ...others } = condition;
  if (Object.keys(others).length > 0) throw new Error(`${JSON.stringify(others)} is no condition known here`);
  return Object.fromEntries(
    Object.entries(StringEquals).map(([name, value]) => [name, nameOf(stack, value)]),
  );
}

function nameOf(stack: Synthesised, resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { 'Fn::Join': join } = resource as { 'Fn::Join'?: [string, unknown[]] };
  if (join) return String(join[1].at(-1)).replace(/^:/, '');
  return stack.referred(resource).logicalId.replace(/[0-9A-F]{8}$/, '');
}
