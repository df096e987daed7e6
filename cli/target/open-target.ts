import type { CliEnvironment } from '../cli-environment.ts';
import type { TargetOptions } from '../command/target-command.ts';
import { UsageError } from '../errors.ts';
import { deployedTarget } from './deployed-target.ts';
import { localTarget } from './local-target.ts';
import type { Target } from './target.ts';

/** The stack that the options name. @throws UsageError, NoLocalStackError, StackError; what the SDK throws. */
export async function openTarget(
  cli: Pick<CliEnvironment, 'discoveryFile' | 'stderr' | 'variables'>,
  options: TargetOptions,
): Promise<Target> {
  const { local = false, region, profile } = options;
  const given = Object.entries({ stack: options.stack, region, profile }).filter(
    ([, value]) => value !== undefined,
  );
  if (local) {
    const [[name] = []] = given;
    if (name !== undefined) throw new UsageError(`--local has no --${name}: give one or the other.`);
    return localTarget(cli);
  }
  const stackName = options.stack ?? cli.variables['COMMITLANE_STACK'];
  if (stackName) return deployedTarget(stackName, { region, profile });
  throw new UsageError(
    'Which stack? Give --stack NAME (or set COMMITLANE_STACK), or --local for the one that npm start runs here.',
  );
}
