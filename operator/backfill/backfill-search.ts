import { type BackfillPlan, runBackfill } from '../../lib/backfill/index.ts';
import type { Target, Work } from '../target/index.ts';
import { pace } from '../words/index.ts';
import { contextOf } from './context-of.ts';
import { type BackfillDocument, toDocument } from './to-document.ts';

/**
 * Embeds what a plan names. What has been embedded when it ends, in whatever way, is not embedded again.
 *
 * @throws EmbeddingOffError.
 */
export async function backfillSearch(
  target: Target,
  plan: BackfillPlan,
  { signal, report }: Work,
): Promise<BackfillDocument> {
  const startedAtMs = target.clock.now();
  const result = await runBackfill(contextOf(target, signal), plan, ({ done, total }) => {
    const text = `are embedded${pace({ done, left: total - done }, target.clock.now() - startedAtMs)}`;
    report?.({ text, counted: { done, total } });
  });
  return toDocument(result, signal.aborted);
}
