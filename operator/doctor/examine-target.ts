import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { Target } from '../target/index.ts';
import { checkApi } from './check-api.ts';
import { checkEmbedding } from './check-embedding.ts';
import { checkLimits } from './check-limits.ts';
import { checkModel } from './check-model.ts';
import { checkOrphans } from './check-orphans.ts';
import { checkQueue } from './check-queue.ts';
import { checkTable } from './check-table.ts';
import { type Check, type CheckResult, runCheck } from './run-check.ts';

/** Every check of a stack that was found, one beside the other; each is bounded. @param askModel a real one costs a little. */
export async function examineTarget(
  target: Target,
  { askModel }: { readonly askModel: boolean },
  signal: AbortSignal,
): Promise<Check[]> {
  const check = (name: string, look: (bounded: AbortSignal) => Promise<CheckResult>) =>
    runCheck(name, signal, look);
  return Promise.all([
    check('credentials', async () => ({ status: 'ok', detail: await target.operator() })),
    check('table', (bounded) => checkTable(target, bounded)),
    ...deadLetterKinds.map((kind) => check(kind, (bounded) => checkQueue(target, kind, bounded))),
    check('messages', (bounded) => checkOrphans(target, bounded)),
    check('limits', (bounded) => checkLimits(target, bounded)),
    check('API', (bounded) => checkApi(target, bounded)),
    ...(askModel
      ? [
          check('model', async (bounded) => (await checkModel(target, bounded)).result),
          check('embedding model', (bounded) => checkEmbedding(target, bounded)),
        ]
      : []),
  ]);
}
