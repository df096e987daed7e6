import type { FollowUpProgress } from '../archive/index.ts';
import { whenExhausted, withLease } from '../lease/index.ts';
import { type EvidencedMemory, mergeMemory } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import { DeadLetterError } from '../queue/index.ts';
import { leaseResources } from '../table/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/**
 * The last step: merges what was extracted into the scope's memories, under the scope's lease, which is held for no
 * model call. A session that was deleted meanwhile gives none: forgetting it takes the same lease.
 *
 * @throws LeaseUnavailableError, LeaseLostError, MemoryContendedError, MemoryStoreUnavailableError: merging again is
 * right. DeadLetterError when the lease stayed busy and the limits say so.
 */
export async function mergeMemories(
  run: FollowUpRun,
  extracted: readonly EvidencedMemory[],
): Promise<NonNullable<FollowUpProgress['merge']>> {
  const { lease, limits, owner, signal, key, meta, report } = run;
  if (extracted.length === 0) {
    const nothing = { created: 0, updated: 0, unchanged: 0 };
    if (meta.memoryCategories.length > 0) report({ type: 'follow-up.merged', ...nothing });
    return done(run, nothing);
  }
  const resource = leaseResources.memories({ tenant: key.tenant, scope: meta.scope });
  const policy = limits.memoryLease;
  try {
    const counts = await withLease(lease, { resource, owner, policy, signal }, (held) =>
      mergeAll(run, extracted, held),
    );
    report({ type: 'follow-up.merged', ...counts });
    return done(run, counts);
  } catch (error) {
    const decision = whenExhausted(error, policy.onExhausted);
    if (decision.action === 'skip')
      return { outcome: 'skipped', atMs: lease.clock.now(), reason: decision.because.message };
    if (decision.action === 'dead-letter') throw new DeadLetterError(decision.because, { cause: error });
    throw error;
  }
}

async function mergeAll(
  { memories, store: sessions, key, meta, manifest }: FollowUpRun,
  extracted: readonly EvidencedMemory[],
  signal: AbortSignal,
) {
  const store = stopWhenAborted(memories, signal);
  const scope = { tenant: key.tenant, scope: meta.scope };
  const source = { session: key.session, archive: manifest.archive };
  const counts = { created: 0, updated: 0, unchanged: 0 };
  if (!(await sessions.readMeta(key))) return counts;
  for (const memory of extracted) counts[await mergeMemory(store, scope, memory, source)] += 1;
  return counts;
}

function done(
  { lease }: FollowUpRun,
  counts: { created: number; updated: number; unchanged: number },
): NonNullable<FollowUpProgress['merge']> {
  return { outcome: 'done', atMs: lease.clock.now(), by: 'commitlane', ...counts };
}
