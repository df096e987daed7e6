import {
  type BackfillEstimate,
  type BackfillPlan,
  estimateBackfill,
  planBackfill,
} from '../../lib/backfill/index.ts';
import type { ScopeKey } from '../../lib/memory/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Target, Work } from '../target/index.ts';
import { contextOf } from './context-of.ts';
import { placeName } from './to-document.ts';

/** What has no vector of the stack's embedding model, and what it takes to embed it. */
export interface BackfillPlanDocument {
  readonly stack: string;
  /** `<provider>:<model>@<dimensions>`. */
  readonly embedder: string;
  readonly estimate: BackfillEstimate;
  /** Sessions and scopes that cannot be read; `verify` says why. */
  readonly unreadable: readonly { readonly place: string; readonly reason: string }[];
}

/**
 * Counts what has no vector. The whole table is read for that: lists are of one tenant's sessions, and scopes are in none.
 *
 * @param which.tenant only of this one.
 * @throws EmbeddingOffError; StoreUnavailableError, StoreRefusedError; the signal's reason.
 */
export async function planSearch(
  target: Target,
  { tenant }: { readonly tenant?: string | undefined },
  { signal, report }: Work,
): Promise<{ readonly plan: BackfillPlan; readonly document: BackfillPlanDocument }> {
  const context = contextOf(target, signal);
  const places = placesOf(target.items.everything(signal), tenant);
  const plan = await planBackfill(context, places, (looked) =>
    report?.({ text: `sessions and scopes are counted: ${looked}` }),
  );
  report?.({ text: 'tokens are estimated' });
  const estimate = await estimateBackfill(context, plan);
  const { id: embedder } = context.embedding.embedder;
  const unreadable = plan.unreadable.map(({ place, reason }) => ({ place: placeName(place), reason }));
  return { plan, document: { stack: target.stackName, embedder, estimate, unreadable } };
}

async function* placesOf(
  all: AsyncIterable<SessionKey | ScopeKey>,
  tenant: string | undefined,
): AsyncGenerator<SessionKey | ScopeKey> {
  for await (const place of all) {
    if (tenant === undefined || place.tenant === tenant) yield place;
  }
}
