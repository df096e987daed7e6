import type { FollowUpProgress } from '../archive/index.ts';
import { keepExtraction } from '../memory/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

type Extraction = NonNullable<FollowUpProgress['extraction']>;

/**
 * Keeps an extraction on the manifest until it is merged: the first one, or one that was asked for again. What carries on
 * the words of other sessions is listed with them, and left out when one of them was erased meanwhile.
 *
 * @param againId of one that was asked for again.
 * @returns what is kept; undefined when another worker was sooner, or the archive is gone.
 */
export async function recordExtraction(
  run: FollowUpRun,
  extraction: Extraction,
  againId?: string,
): Promise<Extraction | undefined> {
  const { store, key, manifest, meta, lease, memories, signal } = run;
  const { archive } = manifest;
  const found = extraction.outcome === 'done' ? extraction.memories : [];
  const carriedFrom = [...new Set(found.flatMap(({ carriedFrom = [] }) => carriedFrom.flat()))];
  if (extraction.outcome !== 'done' || carriedFrom.length === 0) {
    const isKept =
      againId === undefined
        ? await store.recordStep(key, archive, 'extraction', extraction)
        : await store.recordAgain(key, archive, { id: againId, extraction });
    return isKept ? extraction : undefined;
  }
  const kept =
    againId === undefined
      ? ({ step: 'extraction', result: extraction } as const)
      : ({ step: 'again', result: { id: againId, extraction } } as const);
  const scope = { tenant: key.tenant, scope: extraction.scope ?? meta.scope };
  const context = { ...lease, memories, signal };
  const outcome = await keepExtraction(context, scope, {
    session: key.session,
    archive,
    carriedFrom,
    ...kept,
  });
  if (outcome === 'done') return extraction;
  if (outcome === 'archive-changed') return undefined;
  const unbound = found.filter((memory) => memory.carriedFrom === undefined);
  return recordExtraction(run, { ...extraction, memories: unbound }, againId);
}
