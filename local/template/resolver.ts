import { localAws } from '../aws-environment.ts';
import { TemplateError } from '../errors.ts';
import type { Template } from './template.ts';

/** What other resources may say about one: the value of `Ref`, and of each `Fn::GetAtt`. */
export interface ResourceReference {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Resolver {
  /** Makes a resource known to the values that refer to it. */
  define(logicalId: string, reference: ResourceReference): void;
  /** The value with every intrinsic function in it carried out. @throws TemplateError */
  resolve(value: unknown): unknown;
}

type Intrinsic = (argument: unknown, resolve: (value: unknown) => unknown) => unknown;

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
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': localAws.region,
    'AWS::AccountId': localAws.accountId,
    'AWS::Partition': localAws.partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${localAws.region}:${localAws.accountId}:stack/${stackName}/local`,
  };

  function ref(name: string): string {
    const value =
      pseudo[name] ?? references.get(name)?.ref ?? parameters[name] ?? template.Parameters?.[name]?.Default;
    if (value !== undefined) return value;
    throw new TemplateError(
      template.Parameters?.[name]
        ? `The template's parameter ${name} has no value and no default. Give it one.`
        : `The template refers to ${name}, which the embedded stack does not have.`,
    );
  }

  function attribute(logicalId: string, name: string): string {
    const value = references.get(logicalId)?.attributes?.[name];
    if (value !== undefined) return value;
    throw new TemplateError(
      `The template uses ${logicalId}.${name}, which the embedded stack does not have.`,
    );
  }

  function substitute(text: string, variables: Readonly<Record<string, unknown>>): string {
    return text.replaceAll(/\$\{([^!}][^}]*)\}/g, (_match, expression: string) => {
      if (expression in variables) return String(variables[expression]);
      const [logicalId = '', ...path] = expression.split('.');
      return path.length > 0 ? attribute(logicalId, path.join('.')) : ref(logicalId);
    });
  }

  const intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (name) => ref(String(name)),
    'Fn::GetAtt': (path) => {
      const [logicalId = '', ...rest] = Array.isArray(path) ? path.map(String) : String(path).split('.');
      return attribute(logicalId, rest.join('.'));
    },
    'Fn::Join': (argument, resolve) => {
      const [separator, parts] = resolve(argument) as [string, unknown[]];
      return parts.join(separator);
    },
    'Fn::Sub': (argument, resolve) => {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
      return substitute(String(text), resolve(variables) as Record<string, unknown>);
    },
    'Fn::Select': (argument, resolve) => {
      const [index, values] = resolve(argument) as [number | string, unknown[]];
      return values[Number(index)];
    },
    'Fn::Split': (argument, resolve) => {
      const [separator, text] = resolve(argument) as [string, string];
      return text.split(separator);
    },
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const intrinsic = intrinsics[name];
    if (intrinsic && others.length === 0) return intrinsic(argument, resolve);
    if (name.startsWith('Fn::')) throw new TemplateError(`The embedded stack cannot carry out ${name}.`);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member)]));
  }

  return { define: (logicalId, reference) => references.set(logicalId, reference), resolve };
}
