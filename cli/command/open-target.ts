import { deployedTarget, localTarget, type Target } from '../../operator/target/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { UsageError } from '../errors.ts';
import { noteOn } from './note-on.ts';
import type { TargetOptions } from './target-command.ts';

/** The stack that the options name. @throws UsageError, NoLocalStackError, StackError; what the SDK throws. */
export async function openTarget(cli: CliEnvironment, options: TargetOptions): Promise<Target> {
  const { local = false, region, profile } = options;
  const given = Object.entries({ stack: options.stack, region, profile }).filter(
    ([, value]) => value !== undefined,
  );
  if (local) {
    const [[name] = []] = given;
    if (name !== undefined) throw new UsageError(`--local has no --${name}: give one or the other.`);
    return localTarget({ discoveryFile: cli.discoveryFile, note: noteOn(cli) }, cli);
  }
  const stackName = options.stack ?? cli.variables['COMMITLANE_STACK'];
  if (stackName) return deployedTarget(stackName, { region, profile }, cli);
  throw new UsageError(
    'Which stack? Give --stack NAME (or set COMMITLANE_STACK), or --local for the one that npm start runs here.',
  );
}
