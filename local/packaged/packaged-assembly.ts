import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SynthesisError } from '../errors.ts';
import type { Assembly } from '../template/synthesise.ts';
import { readStackFile } from './stack-file.ts';
import { synthesiseConstruct } from './synthesise-construct.ts';

/**
 * The assembly of the package: the one that it was built with, or, where settings are not the default ones, a new one.
 *
 * @param dist the folder `dist` of the package.
 * @param context the settings of a deployment, as CDK context.
 * @throws SynthesisError, also when the CDK, which only other settings need, is not installed.
 */
export async function packagedAssembly(
  dist: URL,
  context: Readonly<Record<string, string>>,
): Promise<Assembly & AsyncDisposable> {
  if (Object.keys(context).length === 0) {
    return { ...(await readStackFile(dist)), [Symbol.asyncDispose]: async () => undefined };
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'commitlane-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    return { ...(await synthesiseConstruct(dist, folder, context)), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw isAbsent(error) ? cdkNeeded(error) : error;
  }
}

const isAbsent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';

function cdkNeeded(cause: unknown): SynthesisError {
  return new SynthesisError(
    'With --model, --embedding-model or --lease upstash the stack is synthesized anew, which needs the CDK: run npm ' +
      'install aws-cdk-lib constructs, and start again.',
    { cause },
  );
}
