import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { type LimitDefinition, limitDefinitions, limitPattern } from '../lib/limits/index.ts';

/** One SSM parameter per limit, with its default; operators change them while the system runs. */
export class LimitParameters extends Construct {
  /** Where they are, such as `/commitlane/prod`. */
  readonly path: string;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: string }) {
    super(scope, id);
    this.path = `/commitlane/${stage}`;
    for (const definition of limitDefinitions) {
      new StringParameter(this, definition.name, {
        parameterName: `${this.path}/${definition.name}`,
        description: describe(definition),
        allowedPattern: limitPattern(definition),
        stringValue: String(definition.default),
      });
    }
  }
}

function describe(definition: LimitDefinition): string {
  if (definition.kind === 'choice') return `${definition.description}: ${definition.choices.join(', ')}.`;
  const { description, unit, min, max } = definition;
  return `${description}. In ${unit}, from ${min} to ${max}.`;
}
