import type { ExtractionAgain, FollowUpProgress, Manifest } from '../archive/index.ts';
import { withLease } from '../lease/index.ts';
import { replaceStatements } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import type { FollowUpMessage } from '../queue/index.ts';
import { leaseResources } from '../table/index.ts';
import { embedArchive } from './embed-archive.ts';
import { ExtractionSupersededError } from './errors.ts';
import { findAgain, foundIn } from './find-again.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { subjectsSaid } from './subjects-said.ts';
import { toStatement } from './to-statement.ts';

/**
 * Extracts an archive once more, with today's model, prompt and categories, and lets what it says now take the place of
 * what it said, and of nothing else. The model is asked once for each id: what it gave stays on the manifest until it is
 * merged, or another extraction takes its place. Nothing is merged that is not there any more when only that was asked.
 *
 * @throws ExtractionSupersededError, LeaseUnavailableError, LeaseLostError, and what models and stores throw; running it again is right.
 */
export async function extractAgain(
  run: FollowUpRun,
  { id, mode }: NonNullable<FollowUpMessage['again']>,
): Promise<void> {
  const there = inItsScope(run);
  if (isMerged(run.manifest, id)) return embedArchive(there, { replaced: [] });
  const again = mode === 'merge' ? foundIn(run.manifest, id) : await findAgain(there, id);
  if (again?.extraction.outcome !== 'done' || mode === 'find') return;
  const before = run.embedding ? await subjectsSaid(there) : { subjects: [] };
  await replace(there, again, again.extraction);
  await embedArchive(there, { replaced: before.subjects });
}

/** Where the archive's statements are, whichever scope the session feeds by now. */
function inItsScope(run: FollowUpRun): FollowUpRun {
  const { extraction } = run.manifest.followUp;
  const scope = extraction?.outcome === 'done' ? extraction.scope : undefined;
  return scope === undefined ? run : { ...run, meta: { ...run.meta, scope } };
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
  const archive = { session: key.session, archive: manifest.archive };
  const statements = extraction.memories.map((memory) => toStatement(run, extraction, memory));
  const awaits = { extractionId: again.id };
  const request = { resource: leaseResources.memories(scope), owner, policy: limits.memoryLease, signal };
  const counts = await withLease(lease, request, (held) => {
    const context = { ...lease, memories: stopWhenAborted(memories, held), signal: held };
    return replaceStatements(context, scope, statements, { ...archive, awaits });
  });
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
