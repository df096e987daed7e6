import type { SessionKey, SessionMeta } from '../session/index.ts';
import { MANIFESTS_PER_REQUEST, readAllManifests } from '../store/index.ts';
import { type CheckedManifest, checkArchive } from './check-archive.ts';
import { checkClosed } from './check-closed.ts';
import { checkFollowUp } from './check-follow-up.ts';
import { checkNumbering } from './check-numbering.ts';
import { type Finding, finding } from './finding.ts';
import type { StoredEntry } from './session-items.ts';
import type { VerifyContext } from './verify-context.ts';

export interface CheckedArchives {
  readonly findings: readonly Finding[];
  /** Those that have a manifest. */
  readonly archives: ReadonlySet<number>;
  readonly messages: number;
}

/**
 * Reads every archive of a session, one chunk in memory at a time, and checks it: against its own manifest, against its
 * neighbours, and against what the log still knows of its positions.
 *
 * @param closed what is stored of positions up to `committedThrough`.
 */
export async function checkArchives(
  context: VerifyContext,
  key: SessionKey,
  meta: SessionMeta,
  closed: ReadonlyMap<number, StoredEntry>,
  signal: AbortSignal,
): Promise<CheckedArchives> {
  const findings: Finding[] = [];
  const archives = new Set<number>();
  const seen = new Set<number>();
  let messages = 0;
  let end = 0;
  for await (const manifest of manifestsOf(context, key, meta, signal)) {
    signal.throwIfAborted();
    const { archive, from, to } = manifest;
    archives.add(archive);
    if (from !== end + 1 && archives.has(archive - 1)) {
      findings.push(
        finding(
          'archive-gap',
          `Archive ${archive} begins at position ${from}, its predecessor ends at ${end}.`,
        ),
      );
    }
    end = to;
    const checked = await checkArchive(context, key, manifest, closed);
    findings.push(...checked.findings, ...checkFollowUp(context, manifest));
    for (const position of checked.positions) seen.add(position);
    messages += checked.messages;
  }
  findings.push(...checkNumbering(meta, archives, end));
  findings.push(...checkClosed(meta, closed, seen));
  const surplus = await context.items.archivesAfter(key, meta.archiveCount);
  if (surplus.length > 0) {
    findings.push(
      finding(
        'archive-surplus',
        `META knows ${meta.archiveCount} archives, but there is also ${surplus.join(', ')}.`,
      ),
    );
  }
  return { findings, archives, messages };
}

async function* manifestsOf(
  { store, clock, random }: VerifyContext,
  key: SessionKey,
  { archiveCount }: SessionMeta,
  signal: AbortSignal,
): AsyncGenerator<CheckedManifest> {
  for (let first = 1; first <= archiveCount; first += MANIFESTS_PER_REQUEST) {
    const size = Math.min(MANIFESTS_PER_REQUEST, archiveCount - first + 1);
    const archives = Array.from({ length: size }, (_, index) => first + index);
    yield* await readAllManifests(store, key, archives, ['chunks'], { clock, random, signal });
  }
}
