import type { LeaseStore } from '../../../lib/lease/index.ts';
import type { Invariant } from './invariant.ts';

type LeaseClaim = Parameters<LeaseStore['acquire']>[0];
type AcquireAnswer = Awaited<ReturnType<LeaseStore['acquire']>>;
type RenewAnswer = Awaited<ReturnType<LeaseStore['renew']>>;

/** A lease has one holder until it is released or expires, and nobody else is told that it is not theirs. */
export const oneHolder: Invariant = {
  name: 'one-holder',
  afterStep({ before, effects }) {
    for (const { by, call, result } of effects) {
      if (call.port !== 'leases' || result.kind !== 'answer') continue;
      const [{ resource, token }] = call.args as [LeaseClaim];
      const held = before.leases.get(resource);
      const isTaken = held !== undefined && held.token !== token && held.expiresAtMs > before.nowMs;
      if (call.method === 'acquire' && (result.value as AcquireAnswer).acquired && isTaken) {
        return `${by} was given the lease that ${held.owner} holds`;
      }
      if (call.method === 'renew' && !(result.value as RenewAnswer).renewed && held?.token === token) {
        return `${by} holds its lease, and was told that it does not`;
      }
    }
    return undefined;
  },
};
