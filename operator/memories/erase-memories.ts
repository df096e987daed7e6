import { dynamodbLeaseStore, type LeaseEvent, withLease } from '../../lib/lease/index.ts';
import { eraseScope, type ScopeKey } from '../../lib/memory/index.ts';
import { stopWhenAborted } from '../../lib/port/index.ts';
import { leaseResources } from '../../lib/table/index.ts';
import { storedLimits } from '../limits/index.ts';
import type { Target, Work } from '../target/index.ts';
import { iso } from '../words/index.ts';
import { operatorName } from './operator-name.ts';

/** What became of a scope's memories. */
export interface ErasureDocument extends ScopeKey {
  readonly erased: boolean;
  /** What was said until then is gone, and is not remembered again. */
  readonly saidUntil?: string;
}

/**
 * Erases all that is known in a scope, under the lease of its memories. Where leases are not in the table, it takes none:
 * the conditions of each write keep a merge that runs meanwhile from bringing anything back; it may only have to try again.
 *
 * @throws LeaseUnavailableError when nothing was done; MemoryContendedError, MemoryStoreUnavailableError,
 * MemoryStoreRefusedError and the signal's reason, when erasing again goes on where it ended.
 */
export async function eraseMemories(
  target: Target,
  { tenant, scope }: ScopeKey,
  { signal, report }: Work,
): Promise<ErasureDocument> {
  return underLease(target, { tenant, scope }, { signal, report }, async (held) => {
    report?.({ text: 'memories are erased' });
    const memories = stopWhenAborted(target.memories, held);
    const context = { ...target, memories, signal: held };
    const untilMs = await eraseScope(context, { tenant, scope }, target.clock.now());
    return { tenant, scope, erased: true, saidUntil: iso(untilMs) };
  });
}

async function underLease<Result>(
  target: Target,
  scope: ScopeKey,
  { signal, report }: Work,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { dynamodb: client, outputs, clock, random, newId } = target;
  if (outputs.LeaseStore !== 'dynamodb') return work(signal);
  const leases = dynamodbLeaseStore({ client, tableName: outputs.TableName, clock });
  const onEvent = (event: LeaseEvent) => {
    if (event.type === 'lease.busy')
      report?.({ text: `waiting for ${event.holder.owner}, which changes these memories now` });
  };
  const { limits } = await storedLimits(target, signal);
  const request = {
    resource: leaseResources.memories(scope),
    owner: await operatorName(target),
    policy: limits.memoryLease,
    signal,
  };
  return withLease({ leases, clock, random, newId, onEvent }, request, work);
}
