import type { ExtractionAgain, FollowUpProgress } from '../archive/index.ts';
import { withLease } from '../lease/index.ts';
import { replaceStatements } from '../memory/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import type { FollowUpMessage } from '../queue/index.ts';
import { leaseResources } from '../table/index.ts';
import { extractMemories } from './extract-memories.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { toStatement } from './to-statement.ts';

/**
 * Extracts an archive once more, with today's model, prompt and categories, and lets what it says now take the place of
 * what it said, and of nothing else. The model is asked once for each id: what it gave stays on the manifest until it is
 * merged, or another extraction takes its place. A dry run ends there.
 *
 * @throws LeaseUnavailableError, LeaseLostError, and what models and stores throw; running it again is right.
 */
export async function extractAgain(
  run: FollowUpRun,
  { id, isDryRun }: NonNullable<FollowUpMessage['again']>,
): Promise<void> {
  const again = await extractOnce(run, id);
  if (!again || isDryRun || again.extraction.outcome !== 'done') return;
  await replace(run, again, again.extraction);
}

/** @returns undefined when the archive is gone. */
async function extractOnce(run: FollowUpRun, id: string): Promise<ExtractionAgain | undefined> {
  const { store, key, manifest } = run;
  if (manifest.followUp.again?.id === id) return manifest.followUp.again;
  const before = manifest.followUp.extraction;
  const extraction = await extractMemories(run);
  const scope = before?.outcome === 'done' ? before.scope : undefined;
  // Where its statements are, whichever scope the session feeds by now.
  const again = { id, extraction: { ...extraction, ...(scope !== undefined && { scope }) } };
  return (await store.recordAgain(key, manifest.archive, again)) ? again : undefined;
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
  if (!counts) return;
  const merge = { outcome: 'done', atMs: lease.clock.now(), by: 'commitlane', ...counts } as const;
  if (await store.recordReplaced(key, manifest.archive, again, merge)) {
    report({ type: 'follow-up.replaced', ...counts });
  }
}
