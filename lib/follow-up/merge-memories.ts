import type { FollowUpProgress } from '../archive/index.ts';
import { whenExhausted, withLease } from '../lease/index.ts';
import { mergeStatements, type Statement } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import { DeadLetterError } from '../queue/index.ts';
import { leaseResources } from '../table/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { toStatement } from './to-statement.ts';

type Extraction = NonNullable<FollowUpProgress['extraction']>;
type Merge = NonNullable<FollowUpProgress['merge']>;

const NOTHING = { created: 0, updated: 0, unchanged: 0, retracted: 0 };

/**
 * The last step: merges what was extracted into the memories of the scope that the session had then, under the scope's
 * lease, which is held for no model call. An archive of a session that is deleted, or that another worker has merged
 * meanwhile, gives none.
 *
 * @throws LeaseUnavailableError, LeaseLostError, MemoryContendedError, MemoryStoreUnavailableError: merging again is
 * right. DeadLetterError when the lease stayed busy and the limits say so.
 */
export async function mergeMemories(run: FollowUpRun, extraction: Extraction): Promise<Merge> {
  const { lease, limits, owner, signal, key, meta, report } = run;
  if (extraction.outcome !== 'done' || extraction.memories.length === 0) {
    if (meta.memoryCategories.length > 0) report({ type: 'follow-up.merged', ...NOTHING });
    return done(run, NOTHING);
  }
  const scope = { tenant: key.tenant, scope: extraction.scope ?? meta.scope };
  const statements = extraction.memories.map((memory) => toStatement(run, extraction, memory));
  const request = { resource: leaseResources.memories(scope), owner, policy: limits.memoryLease, signal };
  try {
    const counts = await withLease(lease, request, (held) => mergeAll(run, { scope, statements }, held));
    report({ type: 'follow-up.merged', ...counts });
    return done(run, counts);
  } catch (error) {
    const decision = whenExhausted(error, request.policy.onExhausted);
    if (decision.action === 'skip')
      return { outcome: 'skipped', atMs: lease.clock.now(), reason: decision.because.message };
    if (decision.action === 'dead-letter') throw new DeadLetterError(decision.because, { cause: error });
    throw error;
  }
}

async function mergeAll(
  { memories, lease, key, manifest }: FollowUpRun,
  { scope, statements }: { scope: Parameters<typeof mergeStatements>[1]; statements: readonly Statement[] },
  signal: AbortSignal,
) {
  const context = { ...lease, memories: stopWhenAborted(memories, signal), signal };
  const archive = { session: key.session, archive: manifest.archive, awaits: 'merge' } as const;
  return (await mergeStatements(context, scope, statements, archive)) ?? NOTHING;
}

function done({ lease }: FollowUpRun, counts: typeof NOTHING): Merge {
  return { outcome: 'done', atMs: lease.clock.now(), by: 'commitlane', ...counts };
}
