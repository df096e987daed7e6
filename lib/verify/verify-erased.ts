import type { SessionKey } from '../session/index.ts';
import type { DeletedSession } from '../store/index.ts';
import { checkRemains, type Remains } from './check-remains.ts';
import { checkTraces } from './check-traces.ts';
import type { ErasureContext } from './erasure-context.ts';
import { SessionNotDeletedError } from './errors.ts';
import { type Finding, finding } from './finding.ts';

/** Whether anything is left of a deleted session. */
export interface ErasureReport {
  readonly key: SessionKey;
  readonly deletedAtMs: number;
  /** Every scope that the session ever fed, as far as its mark knows. */
  readonly scopes: readonly string[];
  /** What is left in its own partition for a time, and holds no word. */
  readonly remains: Remains;
  /** Items of the table that were gone through. */
  readonly looked: number;
  readonly findings: readonly Finding[];
}

/**
 * Proves that nothing is left of a deleted session, or says what is: in its own partition, in every scope of its tenant,
 * whether or not it is known to have fed it, and on the manifests of other sessions. It reads the whole table once.
 *
 * @param options.onPage told how many items were gone through.
 * @throws SessionNotDeletedError; StoreUnavailableError; the signal's reason.
 */
export async function verifyErased(
  context: ErasureContext,
  key: SessionKey,
  { signal, onPage }: { readonly signal: AbortSignal; readonly onPage?: (looked: number) => void },
): Promise<ErasureReport> {
  const { store, memoryItems } = context;
  const deleted = await store.readDeleted(key);
  if (!deleted) throw new SessionNotDeletedError(key, (await store.readMeta(key)) !== undefined);
  const scopes = [...new Set([deleted.scope, ...(deleted.formerScopes ?? [])])];
  const { remains, findings } = await checkRemains(memoryItems.ofSession(key));
  const traces = await checkTraces(memoryItems.ofTenant(key.tenant, signal), { key, scopes }, onPage);
  return {
    key,
    deletedAtMs: deleted.deletedAtMs,
    scopes,
    remains,
    looked: traces.looked,
    findings: [...checkMark(deleted), ...findings, ...traces.findings],
  };
}

function checkMark({ finishedAtMs }: DeletedSession): Finding[] {
  return finishedAtMs === undefined
    ? [finding('erased-session-unfinished', 'The deletion was cut off before it had ended.')]
    : [];
}
