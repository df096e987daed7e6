/**
 * Where leases are kept. A lease is for efficiency: it keeps two workers from doing the same work. What makes their
 * writes correct is the fence that the database checks.
 *
 * Each method is one request. All of them are idempotent for the same arguments, so that a request whose answer
 * was lost may be sent again; any of them may throw.
 */
export interface LeaseStore {
  /** Takes the lease if it is free, expired, or already held under this owner and token. */
  acquire(claim: LeaseClaim): Promise<AcquireAnswer>;
  /** Extends the lease to `ttlMs` from now if it is still held under this owner and token. */
  renew(claim: LeaseClaim): Promise<RenewAnswer>;
  /** Frees the lease if it is still held under this owner and token; returns whether it did so. */
  release(claim: Omit<LeaseClaim, 'ttlMs'>): Promise<boolean>;
}

export interface LeaseClaim {
  readonly resource: string;
  /** Names the worker, for people who look at a held lease. */
  readonly owner: string;
  /** Unique to one acquisition: the same owner never mistakes an earlier lease of its own for this one. */
  readonly token: string;
  readonly ttlMs: number;
}

export interface LeaseHolder {
  readonly owner: string;
  readonly expiresAtMs: number;
}

export type AcquireAnswer =
  /** `previous`: whose expired lease was taken over, where the store can tell. */
  | { readonly acquired: true; readonly expiresAtMs: number; readonly previous?: LeaseHolder }
  | { readonly acquired: false; readonly holder: LeaseHolder };

export type RenewAnswer =
  | { readonly renewed: true; readonly expiresAtMs: number }
  /** `successor`: who holds the lease instead; absent when nobody does. */
  | { readonly renewed: false; readonly successor?: LeaseHolder };
