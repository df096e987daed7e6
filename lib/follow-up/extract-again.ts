import type { ExtractionAgain, FollowUpProgress, Manifest } from '../archive/index.ts';
import { withLease } from '../lease/index.ts';
import { replaceStatements } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import type { FollowUpMessage } from '../queue/index.ts';
import { leaseResources } from '../table/index.ts';
import { ExtractionSupersededError } from './errors.ts';
import { extractMemories } from './extract-memories.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { recordExtraction } from './record-extraction.ts';
import { toStatement } from './to-statement.ts';

/**
 * Extracts an archive once more, with today's model, prompt and categories, and lets what it says now take the place of
 * what it said, and of nothing else. The model is asked once for each id: what it gave stays on the manifest until it is
 * merged, or another extraction takes its place. A dry run ends there.
 *
 * @throws ExtractionSupersededError, LeaseUnavailableError, LeaseLostError, and what models and stores throw; running it again is right.
 */
export async function extractAgain(
  run: FollowUpRun,
  { id, isDryRun }: NonNullable<FollowUpMessage['again']>,
): Promise<void> {
  const again = await extractOnce(run, id);
  if (!again || isDryRun || again.extraction.outcome !== 'done') return;
  await replace(run, again, again.extraction);
}

/** @returns undefined when the archive is gone, or the extraction is merged. */
async function extractOnce(run: FollowUpRun, id: string): Promise<ExtractionAgain | undefined> {
  const { store, key, manifest } = run;
  const known = usable(manifest, id);
  if (known || isMerged(manifest, id)) return known;
  const { extraction: before } = manifest.followUp;
  // Where its statements are, whichever scope the session feeds by now; and what is known there is what it may say.
  const scope = (before?.outcome === 'done' ? before.scope : undefined) ?? run.meta.scope;
  const extraction = await extractMemories({ ...run, meta: { ...run.meta, scope } });
  if (extraction.outcome === 'skipped') return keep(run, { id, extraction });
  const recorded = await recordExtraction(run, { ...extraction, againId: id }, id);
  if (recorded) return { id, extraction: recorded };
  const current = await store.readManifest(key, manifest.archive);
  return current && usable(current, id);
}

async function keep({ store, key, manifest }: FollowUpRun, again: ExtractionAgain) {
  await store.recordAgain(key, manifest.archive, again);
  return again;
}

function usable({ followUp: { again } }: Manifest, id: string): ExtractionAgain | undefined {
  return again?.id === id && again.extraction.outcome === 'done' ? again : undefined;
}

function isMerged({ followUp: { extraction } }: Manifest, id: string): boolean {
  return extraction?.outcome === 'done' && extraction.againId === id;
}

async function replace(
  run: FollowUpRun,
  again: ExtractionAgain,
  extraction: Extract<FollowUpProgress['extraction'], { outcome: 'done' }>,
): Promise<void> {
  const { lease, limits, owner, signal, key, meta, manifest, memories, store, report } = run;
  const scope = { tenant: key.tenant, scope: extraction.scope ?? meta.scope };
  const statements = extraction.memories.map((memory) => toStatement(run, extraction, memory));
  const awaits = { extractionId: again.id };
  const request = {
    resource: leaseResources.memories(scope),
    owner,
    policy: limits.memoryLease,
    signal,
  };
  const counts = await withLease(lease, request, (held) =>
    replaceStatements(
      { ...lease, memories: stopWhenAborted(memories, held), signal: held },
      scope,
      statements,
      {
        session: key.session,
        archive: manifest.archive,
        awaits,
      },
    ),
  );
  if (!counts) return refuseToForget(run, again.id);
  const merge = { outcome: 'done', atMs: lease.clock.now(), by: 'commitlane', ...counts } as const;
  if (await store.recordReplaced(key, manifest.archive, again, merge)) {
    report({ type: 'follow-up.replaced', ...counts });
  }
}

/** It is merged, or the archive gone, or another extraction has come in between: then it has to be made again. */
async function refuseToForget({ store, key, manifest: { archive } }: FollowUpRun, id: string): Promise<void> {
  const current = await store.readManifest(key, archive);
  if (current && !isMerged(current, id)) throw new ExtractionSupersededError(archive);
}
