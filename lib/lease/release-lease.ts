import { withTimeLimit } from '../clock/index.ts';
import type { LeaseContext } from './lease-context.ts';
import type { LeaseClaim } from './lease-store.ts';

/** A lease that cannot be released in this time is left to expire. */
const RELEASE_TIMEOUT_MS = 2_000;

/** Frees a lease, best effort: whatever goes wrong is reported, and the lease's expiry frees it all the same. */
export async function releaseLease(
  { leases, clock, onEvent }: LeaseContext,
  claim: LeaseClaim,
  heldSinceMs: number,
): Promise<void> {
  const { resource, owner, token } = claim;
  const heldMs = () => clock.now() - heldSinceMs;
  try {
    await withTimeLimit(
      clock,
      RELEASE_TIMEOUT_MS,
      leases.release({ resource, owner, token }),
      () => new Error(`no answer from the lease store in ${RELEASE_TIMEOUT_MS} ms`),
    );
    onEvent({ type: 'lease.released', resource, heldMs: heldMs() });
  } catch (error) {
    onEvent({ type: 'lease.release-failed', resource, heldMs: heldMs(), error });
  }
}
