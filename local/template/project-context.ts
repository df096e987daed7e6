import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SynthesisError } from '../errors.ts';

/**
 * What this machine has of its own: the settings of a deployment that say who signs its tokens, which models it asks and
 * which Redis it uses would have a local stack use those.
 */
const REPLACED =
  /^commitlane:(auth|model|modelUrl|modelKeyParameter|modelContextWindowTokens|embedding\w+|leaseStore|upstash\w*)$/;

/** Needs no network; whoever wants another model says so. Pages of no origin but those that the gateway adds. */
const OWN = { 'commitlane:model': 'offline', 'commitlane:corsOrigins': 'http://localhost' };

const contextSchema = z.record(z.string(), z.unknown());
const cdkSchema = z.looseObject({ app: z.string(), context: contextSchema.default({}) });

/**
 * The CDK context of a local stack: what cdk.json and cdk.context.json say, as for a deployment, but for what this
 * machine has of its own, and then what is given.
 *
 * @throws SynthesisError for a file that is not what the CDK reads.
 */
export async function projectContext(
  projectFolder: string,
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { context } = await readJson(path.join(projectFolder, 'cdk.json'), cdkSchema);
  const looked = await readJson(path.join(projectFolder, 'cdk.context.json'), contextSchema, {});
  const deployed = Object.entries({ ...looked, ...context }).filter(([name]) => !REPLACED.test(name));
  return { ...OWN, ...Object.fromEntries(deployed), ...given };
}

async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  whenMissing?: z.input<Schema>,
): Promise<z.output<Schema>> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && whenMissing !== undefined)
      return schema.parse(whenMissing);
    throw new SynthesisError(`${file} cannot be used: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}
