import type { ExtractionAgain, FollowUpProgress, Manifest } from '../archive/index.ts';
import { extractMemories } from './extract-memories.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { recordExtraction } from './record-extraction.ts';

/**
 * What the model says of an archive now, kept on its manifest; asked once for each id. A model that does not answer in
 * time is asked again, whatever the limits say: its fallback would take the place of what it said before.
 *
 * @returns undefined when the archive is gone, or the extraction was merged meanwhile.
 */
export async function findAgain(run: FollowUpRun, id: string): Promise<ExtractionAgain | undefined> {
  const known = foundIn(run.manifest, id);
  if (known) return known;
  const asked = await ask(run);
  const extraction = await recordExtraction(
    run,
    asked.outcome === 'done' ? { ...asked, againId: id } : asked,
    id,
  );
  if (extraction) return { id, extraction };
  const current = await run.store.readManifest(run.key, run.manifest.archive);
  return current && foundIn(current, id);
}

/** What was found under an id, and has not been merged. */
export function foundIn({ followUp: { again } }: Manifest, id: string): ExtractionAgain | undefined {
  return again?.id === id && again.extraction.outcome === 'done' ? again : undefined;
}

async function ask(run: FollowUpRun): Promise<NonNullable<FollowUpProgress['extraction']>> {
  const { limits, lease, report } = run;
  const startedAtMs = lease.clock.now();
  const patient = { ...limits, followUp: { ...limits.followUp, onExtractionTimeout: 'fail' } as const };
  const extraction = await extractMemories({ ...run, limits: patient });
  const { usage, redacted } = extraction.outcome === 'done' ? extraction : {};
  report({
    type: 'follow-up.step',
    step: 'extraction',
    outcome: extraction.outcome,
    durationMs: lease.clock.now() - startedAtMs,
    ...(usage && { usage }),
    ...(redacted !== undefined && { redacted }),
  });
  return extraction;
}
