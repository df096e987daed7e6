import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { Cli } from '../cli.ts';
import { type TargetOptions, targetCommand } from '../command/target-command.ts';
import type { Check } from '../doctor/check.ts';
import { checkApi } from '../doctor/check-api.ts';
import { checkLimits } from '../doctor/check-limits.ts';
import { checkModel } from '../doctor/check-model.ts';
import { checkQueue } from '../doctor/check-queue.ts';
import { checkTable } from '../doctor/check-table.ts';
import { doctorLines } from '../doctor/doctor-lines.ts';
import { runCheck } from '../doctor/run-check.ts';
import { UsageError } from '../errors.ts';
import { explainError } from '../explain-error.ts';
import { openTarget } from '../target/open-target.ts';
import type { Target } from '../target/target.ts';

export function doctor(cli: Cli) {
  return targetCommand(cli, {
    name: 'doctor',
    summary: 'check a whole stack',
    details:
      'It looks at credentials, outputs, table, queues, limits, API and model, and exits with 1 when one has failed.',
    example: 'commitlane doctor --local',
  })
    .option('--no-model', 'do not ask the model (a real one costs a little)')
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
async function examine(cli: Cli, options: TargetOptions, model: boolean): Promise<Check[]> {
  const { signal } = cli;
  try {
    using target = await openTarget(cli, options);
    const stack: Check = {
      name: 'stack',
      status: 'ok',
      detail: `${target.stackName}, every output is there`,
    };
    return [stack, ...(await examineTarget(cli, target, model))];
  } catch (error) {
    if (error instanceof UsageError || signal.aborted) throw error;
    return [{ name: 'stack', status: 'failed', detail: explainError(error).message }];
  }
}

async function examineTarget(cli: Cli, target: Target, model: boolean): Promise<Check[]> {
  const { signal, clock } = cli;
  const checks = [
    runCheck('credentials', signal, async () => ({ status: 'ok', detail: await target.operator() })),
    runCheck('table', signal, (bounded) => checkTable(target, bounded)),
    ...deadLetterKinds.map((kind) => runCheck(kind, signal, (bounded) => checkQueue(target, kind, bounded))),
    runCheck('limits', signal, (bounded) => checkLimits(target, bounded)),
    runCheck('API', signal, (bounded) => checkApi(target, bounded)),
    ...(model
      ? [runCheck('model', signal, (bounded) => checkModel(target, { clock, signal: bounded }))]
      : []),
  ];
  return Promise.all(checks);
}
