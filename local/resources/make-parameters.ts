import { ParameterAlreadyExists, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const parameterSchema = z.object({
  Name: z.string(),
  Value: z.string(),
  Description: z.string().optional(),
  AllowedPattern: z.string().optional(),
});

/** Makes the template's parameters; one that is there keeps the value that an operator may have given it. */
export async function makeParameters(template: Template, resolver: Resolver, ssm: SSMClient): Promise<void> {
  const parameters = resourcesOf(template, 'AWS::SSM::Parameter', resolver.resolve, parameterSchema);
  for (const { logicalId, properties } of parameters) {
    const { Name, Value, Description, AllowedPattern } = properties;
    try {
      await ssm.send(new PutParameterCommand({ Name, Value, Description, AllowedPattern, Type: 'String' }));
    } catch (error) {
      if (!(error instanceof ParameterAlreadyExists)) throw error;
    }
    resolver.define(logicalId, { ref: Name, attributes: { Value } });
  }
}
