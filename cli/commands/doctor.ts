import { type Check, examineTarget } from '../../operator/doctor/index.ts';
import { explainError } from '../../operator/errors/index.ts';
import type { Cli } from '../cli.ts';
import { openTarget } from '../command/open-target.ts';
import { type TargetOptions, targetCommand } from '../command/target-command.ts';
import { doctorLines } from '../display/doctor-lines.ts';
import { UsageError } from '../errors.ts';

export function doctor(cli: Cli) {
  return targetCommand(cli, {
    name: 'doctor',
    summary: 'check a whole stack',
    details:
      'It checks credentials, outputs, table, queues, limits, API and models, and exits with 1 when a check fails.',
    example: 'commitlane doctor --local',
  })
    .option('--no-model', 'do not check the models (a real one costs a little)')
    .action(async ({ model, ...options }) => {
      const checks = await examine(cli, options, model);
      await cli.show(options, {
        document: { checks },
        lines: (view) => doctorLines(view, checks),
        isWell: checks.every(({ status }) => status !== 'failed'),
      });
    });
}

/** Without a stack, there is nothing else to look at. */
async function examine(cli: Cli, options: TargetOptions, askModel: boolean): Promise<Check[]> {
  const { signal } = cli;
  try {
    using target = await openTarget(cli, options);
    const stack: Check = {
      name: 'stack',
      status: 'ok',
      detail: `${target.stackName}, every output is there`,
    };
    return [stack, ...(await examineTarget(target, { askModel }, signal))];
  } catch (error) {
    if (error instanceof UsageError || signal.aborted) throw error;
    return [{ name: 'stack', status: 'failed', detail: explainError(error).message }];
  }
}
