import type { SessionKey } from '../../lib/session/index.ts';
import { type ErasureReport, verifyErased } from '../../lib/verify/index.ts';
import type { Target, Work } from '../target/index.ts';
import { iso } from '../words/index.ts';

/** Whether anything is left of a deleted session; times are ISO 8601. */
export interface ErasureDocument {
  readonly stack: string;
  readonly tenant: string;
  readonly session: string;
  readonly deletedAt: string;
  /** Every scope that it ever fed, as far as its mark knows. */
  readonly scopes: readonly string[];
  /** Items of the table that were gone through. */
  readonly looked: number;
  /** What is left in its own partition for a time, and holds no message. */
  readonly expiring: { readonly items: number; readonly until?: string };
  readonly problems: number;
  readonly findings: ErasureReport['findings'];
}

/**
 * Proves that nothing is left of a deleted session, or says what is. It reads the whole table, and writes nothing.
 *
 * @throws SessionNotDeletedError, StoreUnavailableError, StoreRefusedError; the signal's reason.
 */
export async function verifyErasure(
  target: Target,
  key: SessionKey,
  { signal, report }: Work,
): Promise<ErasureDocument> {
  const { deletedAtMs, scopes, remains, looked, findings } = await verifyErased(target, key, {
    signal,
    onPage: (items) => report?.({ text: `reading the whole table; ${items} items are done` }),
  });
  const { items, untilMs } = remains;
  return {
    stack: target.stackName,
    ...key,
    deletedAt: iso(deletedAtMs),
    scopes,
    looked,
    expiring: { items, ...(untilMs !== undefined && { until: iso(untilMs) }) },
    problems: findings.filter(({ severity }) => severity === 'problem').length,
    findings,
  };
}
