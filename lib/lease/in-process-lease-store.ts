import type { Clock } from '../clock/index.ts';
import type { LeaseClaim, LeaseHolder, LeaseStore } from './lease-store.ts';

type HeldLease = LeaseHolder & Pick<LeaseClaim, 'token'>;

/** Leases in this process, by its clock: for tests, and for exploring schedules of the protocol. */
export function inProcessLeaseStore({ clock }: { clock: Clock }): LeaseStore & {
  readonly leases: Map<string, HeldLease>;
} {
  const leases = new Map<string, HeldLease>();
  const isMine = (held: HeldLease | undefined, { owner, token }: Pick<LeaseClaim, 'owner' | 'token'>) =>
    held !== undefined && held.owner === owner && held.token === token;
  const holderOf = ({ owner, expiresAtMs }: HeldLease): LeaseHolder => ({ owner, expiresAtMs });

  return {
    leases,

    async acquire({ resource, owner, token, ttlMs }) {
      const held = leases.get(resource);
      if (held && !isMine(held, { owner, token }) && held.expiresAtMs > clock.now()) {
        return { acquired: false, holder: holderOf(held) };
      }
      const expiresAtMs = clock.now() + ttlMs;
      leases.set(resource, { owner, token, expiresAtMs });
      const tookOver = held && !isMine(held, { owner, token });
      return { acquired: true, expiresAtMs, ...(tookOver && { previous: holderOf(held) }) };
    },

    async renew({ resource, owner, token, ttlMs }) {
      const held = leases.get(resource);
      if (!isMine(held, { owner, token })) {
        return { renewed: false, ...(held && { successor: holderOf(held) }) };
      }
      const expiresAtMs = clock.now() + ttlMs;
      leases.set(resource, { owner, token, expiresAtMs });
      return { renewed: true, expiresAtMs };
    },

    async release(claim) {
      return isMine(leases.get(claim.resource), claim) && leases.delete(claim.resource);
    },
  };
}
