import { arnOf, localAws } from '../aws/index.ts';
import { TemplateError } from '../errors.ts';
import { makeIntrinsics } from './intrinsics.ts';
import type { Template } from './template.ts';

/** What other resources may say about one: the value of `Ref`, and of each `Fn::GetAtt`. */
interface ResourceReference {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Resolver {
  /** Makes a resource known to the values that refer to it. */
  define(logicalId: string, reference: ResourceReference): void;
  /** The value with every intrinsic function in it carried out. @throws TemplateError */
  resolve(value: unknown): unknown;
}

/**
 * Carries out the intrinsic functions of a template: `Ref`, `Fn::GetAtt`, `Fn::Join`, `Fn::Sub`, `Fn::Select` and
 * `Fn::Split`, with its parameters, the pseudo parameters, and the resources that are defined so far.
 *
 * @param parameters values of the template's parameters; one without a value or a default is an error when it is used.
 */
export function makeResolver(
  template: Template,
  stackName: string,
  parameters: Readonly<Record<string, string>>,
): Resolver {
  const references = new Map<string, ResourceReference>();
  const declared = new Map(Object.entries(template.Parameters ?? {}));
  const given = new Map(Object.entries({ ...parameters, ...pseudoParameters(stackName) }));
  const intrinsics = makeIntrinsics({ ref, attribute });

  function ref(name: string): string {
    const value = given.get(name) ?? references.get(name)?.ref ?? declared.get(name)?.Default;
    if (value !== undefined) return value;
    throw new TemplateError(
      declared.has(name)
        ? `The template's parameter ${name} has no value and no default. Give it one.`
        : `The template refers to ${name}, which the embedded stack does not have.`,
    );
  }

  function attribute(logicalId: string, name: string): string {
    const attributes = new Map(Object.entries(references.get(logicalId)?.attributes ?? {}));
    const value = attributes.get(name);
    if (value !== undefined) return value;
    throw new TemplateError(
      `The template uses ${logicalId}.${name}, which the embedded stack does not have.`,
    );
  }

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = intrinsics.get(name);
    if (intrinsic && others.length === 0) return intrinsic(argument, resolve);
    if (name.startsWith('Fn::')) throw new TemplateError(`The embedded stack cannot carry out ${name}.`);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member)]));
  }

  return { define: (logicalId, reference) => references.set(logicalId, reference), resolve };
}

function pseudoParameters(stackName: string): Readonly<Record<string, string>> {
  return {
    'AWS::Region': localAws.region,
    'AWS::AccountId': localAws.accountId,
    'AWS::Partition': localAws.partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': arnOf('cloudformation', `stack/${stackName}/local`),
  };
}
