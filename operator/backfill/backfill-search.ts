import { type BackfillPlan, type BackfillProgress, runBackfill } from '../../lib/backfill/index.ts';
import type { Target, Work } from '../target/index.ts';
import { age } from '../words/index.ts';
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
  const result = await runBackfill(contextOf(target, signal), plan, (progress) => {
    const text = `are embedded${pace(progress, target.clock.now() - startedAtMs)}`;
    report?.({ text, counted: { done: progress.done, total: progress.total } });
  });
  return toDocument(result, signal.aborted);
}

/** `, 120 a second, 4 min left`; nothing before there is something to go by. */
function pace({ done, total }: BackfillProgress, elapsedMs: number): string {
  if (done === 0 || elapsedMs <= 0) return '';
  const perSecond = (done * 1_000) / elapsedMs;
  const rate = perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1);
  return `, ${rate} a second, ${age(((total - done) * elapsedMs) / done)} left`;
}
