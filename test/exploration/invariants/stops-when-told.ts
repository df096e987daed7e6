import type { Call, Operation } from '../actor/operation.ts';
import type { Invariant } from './invariant.ts';

/** A worker that has found out that its lease is lost begins nothing more under that lease. */
export const stopsWhenTold: Invariant = {
  name: 'stops-when-told',
  afterStep({ after }) {
    for (const { node, toldBefore } of after.actors) {
      if (!node || toldBefore === undefined) continue;
      const late = node.operations.find(
        (operation) => operation.id >= toldBefore && isUnderLease(node.name, operation),
      );
      if (late?.kind === 'call')
        return `${node.name} has found out that it lost its lease, and calls ${late.method}`;
    }
    return undefined;
  },
};

/** What a worker does for the record when it has failed is not done under the lease. */
function isUnderLease(name: string, operation: Operation): operation is Call {
  if (operation.kind !== 'call') return false;
  if (name.startsWith('f')) return operation.port === 'memories';
  const isWork = operation.port === 'store' || operation.method === 'send';
  return isWork && operation.method !== 'changeCommit';
}
