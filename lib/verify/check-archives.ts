import type { SessionKey, SessionMeta } from '../session/index.ts';
import { MANIFESTS_PER_REQUEST, readAllManifests } from '../store/index.ts';
import { type ItemError, isItemError } from '../table/index.ts';
import { type CheckedManifest, checkArchive } from './check-archive.ts';
import { checkClosed } from './check-closed.ts';
import { checkFollowUp } from './check-follow-up.ts';
import { checkNumbering } from './check-numbering.ts';
import { type Finding, finding, itemFinding } from './finding.ts';
import { orItemError } from './or-item-error.ts';
import type { StoredEntry } from './session-items.ts';
import type { VerifyContext } from './verify-context.ts';

export interface CheckedArchives {
  readonly findings: readonly Finding[];
  /** Those that have a manifest, be it one that cannot be read. */
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
  let end: number | undefined = 0;
  for await (const { archive, manifest } of manifestsOf(context, key, meta, signal)) {
    signal.throwIfAborted();
    archives.add(archive);
    if (isItemError(manifest)) {
      findings.push(itemFinding(manifest));
      end = undefined;
      continue;
    }
    const { from, to } = manifest;
    if (end !== undefined && from !== end + 1 && archives.has(archive - 1)) {
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
  findings.push(...(await checkSurplus(context, key, meta)));
  return { findings, archives, messages };
}

/** Looks for what belongs to archives that META does not know. */
async function checkSurplus(
  { items }: VerifyContext,
  key: SessionKey,
  { archiveCount }: SessionMeta,
): Promise<Finding[]> {
  const [archives, embedded] = await Promise.all([
    items.archivesAfter(key, archiveCount),
    items.embeddedAfter(key, archiveCount),
  ]);
  const known = `META knows ${archiveCount} archives`;
  return [
    ...(archives.length > 0
      ? [finding('archive-surplus', `${known}, but there is also ${archives.join(', ')}.`)]
      : []),
    ...(embedded.length > 0
      ? [finding('vector-surplus', `${known}, but there are vectors of ${embedded.join(', ')}.`)]
      : []),
  ];
}

/** Every archive that has a manifest, in order. A batch that holds one that cannot be read is read again, one by one. */
async function* manifestsOf(
  { store, clock, random }: VerifyContext,
  key: SessionKey,
  { archiveCount }: SessionMeta,
  signal: AbortSignal,
): AsyncGenerator<{ readonly archive: number; readonly manifest: CheckedManifest | ItemError }> {
  const read = (archives: readonly number[]) =>
    orItemError(readAllManifests(store, key, archives, ['chunks'], { clock, random, signal }));
  for (let first = 1; first <= archiveCount; first += MANIFESTS_PER_REQUEST) {
    const size = Math.min(MANIFESTS_PER_REQUEST, archiveCount - first + 1);
    const archives = Array.from({ length: size }, (_, index) => first + index);
    const batch = await read(archives);
    if (isItemError(batch)) {
      for (const archive of archives) {
        const found = await read([archive]);
        for (const manifest of isItemError(found) ? [found] : found) yield { archive, manifest };
      }
    } else {
      for (const manifest of batch) yield { archive: manifest.archive, manifest };
    }
  }
}
