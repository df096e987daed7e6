import path from 'node:path';
import { z } from 'zod';
import { arnOf, localAws } from '../aws/index.ts';
import { TemplateError } from '../errors.ts';
import { type LocalFunction, localFunction } from '../lambda/local-function.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Assembly } from '../template/synthesise.ts';
import { resourcesOf } from './resources-of.ts';

const functionSchema = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
  ReservedConcurrentExecutions: z.number().optional(),
});

/**
 * Makes the template's functions from their bundled code; none of them runs before it is invoked.
 *
 * @param more variables that all of them have.
 */
export function makeFunctions(
  { template, assetFolders }: Assembly,
  resolver: Resolver,
  more: Readonly<Record<string, string>>,
  onLog: (functionName: string, line: string) => void,
): Map<string, LocalFunction> {
  const functions = new Map<string, LocalFunction>();
  const resources = resourcesOf(template, 'AWS::Lambda::Function', resolver.resolve, functionSchema);
  for (const { logicalId, properties } of resources) {
    const { Code, Handler, Timeout, MemorySize, Environment, ReservedConcurrentExecutions } = properties;
    const folder = assetFolders.get(path.parse(Code.S3Key).name);
    if (folder === undefined) throw new TemplateError(`The code of ${logicalId} is not among the assets.`);
    const [file = '', exportName = ''] = Handler.split('.');
    const { NODE_OPTIONS: _givenToTheThread, ...variables } = Environment?.Variables ?? {};
    const arn = arnOf('lambda', `function:${logicalId}`);
    resolver.define(logicalId, { ref: logicalId, attributes: { Arn: arn } });
    functions.set(
      arn,
      localFunction({
        functionName: logicalId,
        modulePath: path.join(folder, `${file}.mjs`),
        exportName,
        timeoutMs: Timeout * 1000,
        memoryMb: MemorySize,
        variables: {
          ...variables,
          ...more,
          AWS_REGION: localAws.region,
          AWS_ACCESS_KEY_ID: localAws.credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: localAws.credentials.secretAccessKey,
          LAMBDA_TASK_ROOT: folder,
          AWS_LAMBDA_FUNCTION_NAME: logicalId,
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
          TZ: 'UTC',
        },
        onLog: (line) => onLog(logicalId, line),
        ...(ReservedConcurrentExecutions !== undefined && { maxEnvironments: ReservedConcurrentExecutions }),
      }),
    );
  }
  return functions;
}
