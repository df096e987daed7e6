import type { ExtractionAgain, FollowUpProgress, Manifest } from '../archive/index.ts';
import { announceCarried } from '../memory/index.ts';
import { extractMemories } from './extract-memories.ts';
import type { FollowUpRun } from './follow-up-run.ts';

type Extraction = Extract<FollowUpProgress['extraction'], { outcome: 'done' }>;

/**
 * What the model says of an archive now, kept on its manifest; asked once for each id. Words of other sessions in it are
 * announced before they are kept, and looked at again after: a session that is erased meanwhile takes them along. A model
 * that does not answer in time is asked again, whatever the limits say: its fallback would take the place of what it said
 * before.
 *
 * @returns undefined when the archive is gone, or there is nothing that may be kept.
 */
export async function findAgain(run: FollowUpRun, id: string): Promise<ExtractionAgain | undefined> {
  const again = foundIn(run.manifest, id) ?? (await keep(run, id, await ask(run)));
  if (again?.extraction.outcome !== 'done') return again;
  return (await erasedIn(run, again.extraction)).length === 0 ? again : drop(run, id);
}

/** What was found under an id, and has not been merged. */
export function foundIn({ followUp: { again } }: Manifest, id: string): ExtractionAgain | undefined {
  return again?.id === id && again.extraction.outcome === 'done' ? again : undefined;
}

/** The other sessions whose words it holds. */
function carriedIn({ memories }: Extraction): string[] {
  return [...new Set(memories.flatMap(({ carriedFrom = [] }) => carriedFrom.flat()))].sort();
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

async function keep(
  run: FollowUpRun,
  id: string,
  extraction: NonNullable<FollowUpProgress['extraction']>,
): Promise<ExtractionAgain | undefined> {
  const { store, key, manifest } = run;
  const again = {
    id,
    extraction: extraction.outcome === 'done' ? await mayBeKept(run, id, extraction) : extraction,
  };
  if (await store.recordAgain(key, manifest.archive, again)) return again;
  const current = await store.readManifest(key, manifest.archive);
  return current && foundIn(current, id);
}

async function mayBeKept(run: FollowUpRun, againId: string, extraction: Extraction): Promise<Extraction> {
  const erased = await erasedIn(run, extraction);
  const isKept = ({ carriedFrom = [] }: Extraction['memories'][number]) =>
    !carriedFrom.flat().some((session) => erased.includes(session));
  return { ...extraction, againId, memories: extraction.memories.filter(isKept) };
}

function erasedIn(
  { memories, signal, key: { tenant, session }, meta: { scope }, manifest: { archive } }: FollowUpRun,
  extraction: Extraction,
): Promise<string[]> {
  return announceCarried(
    { memories, signal },
    { tenant, scope },
    { session, archive },
    carriedIn(extraction),
  );
}

async function drop({ store, key, manifest, lease }: FollowUpRun, id: string): Promise<undefined> {
  const reason = 'It held words of a session that was deleted with its memories meanwhile.';
  await store.failAgain(key, manifest.archive, id, { atMs: lease.clock.now(), reason, drops: true });
}
