import type { Target } from '../../operator/target/index.ts';
import type { Cli } from '../cli.ts';
import type { Outcome } from '../outcome.ts';
import { openTarget } from './open-target.ts';
import type { TargetOptions } from './target-command.ts';

/** Opens the stack that the options name, works on it, and shows the outcome. */
export async function onTarget(
  cli: Cli,
  options: TargetOptions,
  work: (target: Target) => Promise<Outcome>,
): Promise<void> {
  using target = await openTarget(cli, options);
  await cli.show(options, await work(target));
}
