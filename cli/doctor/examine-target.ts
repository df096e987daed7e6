import type { Check } from '../../console/index.ts';
import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import { checkApi } from './check-api.ts';
import { checkLimits } from './check-limits.ts';
import { checkModel } from './check-model.ts';
import { checkOrphans } from './check-orphans.ts';
import { checkQueue } from './check-queue.ts';
import { checkTable } from './check-table.ts';
import { runCheck } from './run-check.ts';

/** Every check of a stack that was found, one beside the other; each is bounded. @param model whether it is asked, too. */
export async function examineTarget(
  environment: CliEnvironment,
  target: Target,
  model: boolean,
): Promise<Check[]> {
  const { signal, clock } = environment;
  const checks = [
    runCheck('credentials', signal, async () => ({ status: 'ok', detail: await target.operator() })),
    runCheck('table', signal, (bounded) => checkTable(target, bounded)),
    ...deadLetterKinds.map((kind) => runCheck(kind, signal, (bounded) => checkQueue(target, kind, bounded))),
    runCheck('messages', signal, (bounded) => checkOrphans(target, partsOf(target, environment), bounded)),
    runCheck('limits', signal, (bounded) => checkLimits(target, bounded)),
    runCheck('API', signal, (bounded) => checkApi(target, bounded)),
    ...(model
      ? [
          runCheck('model', signal, async (bounded) => {
            const { tookMs: _, ...check } = await checkModel(target, { clock, signal: bounded });
            return check;
          }),
        ]
      : []),
  ];
  return Promise.all(checks);
}
