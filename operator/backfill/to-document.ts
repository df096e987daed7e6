import type { BackfillResult } from '../../lib/backfill/index.ts';
import type { ScopeKey } from '../../lib/memory/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { explainError } from '../errors/index.ts';

/** What a back-fill has done. */
export interface BackfillDocument extends Omit<BackfillResult, 'failures' | 'stopped'> {
  /** What could not be embedded, and is left as it was. */
  readonly failures: readonly { readonly place: string; readonly code: string; readonly reason: string }[];
  /** Why it ended before it was through; the same command continues. */
  readonly stopped?: { readonly code: string; readonly reason: string };
}

/** @param isInterrupted somebody ended it. */
export function toDocument(
  { failures, stopped, ...counts }: BackfillResult,
  isInterrupted: boolean,
): BackfillDocument {
  return {
    ...counts,
    failures: failures.map(({ place, code, reason }) => ({ place: placeName(place), code, reason })),
    ...(stopped && { stopped: isInterrupted ? interrupted : reasonOf(stopped.error) }),
  };
}

const interrupted = { code: 'interrupted', reason: 'It was interrupted.' };

function reasonOf(error: unknown): { readonly code: string; readonly reason: string } {
  const { code, message } = explainError(error);
  return { code, reason: message };
}

/** `session acme/chat`, `archive 3 of session acme/chat`, `scope acme/ann`. */
export function placeName(place: (SessionKey & { readonly archive?: number }) | ScopeKey): string {
  if ('scope' in place) return `scope ${place.tenant}/${place.scope}`;
  const session = `session ${place.tenant}/${place.session}`;
  return place.archive === undefined ? session : `archive ${place.archive} of ${session}`;
}
