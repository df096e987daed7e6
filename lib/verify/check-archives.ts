import {
  ArchiveCorruptError,
  type ArchivedRecord,
  type ManifestExcerpt,
  unpackChunk,
} from '../archive/index.ts';
import type { SessionKey, SessionMeta } from '../session/index.ts';
import { MANIFESTS_PER_REQUEST, readAllManifests } from '../store/index.ts';
import { type Finding, finding } from './finding.ts';
import { inRanges } from './in-ranges.ts';
import type { StoredEntry } from './session-items.ts';
import type { VerifyContext } from './verify-context.ts';

type CheckedManifest = ManifestExcerpt<'chunks'>;

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

async function checkArchive(
  { store }: VerifyContext,
  key: SessionKey,
  manifest: CheckedManifest,
  closed: ReadonlyMap<number, StoredEntry>,
) {
  const { archive, chunks } = manifest;
  const findings: Finding[] = [];
  const positions: number[] = [];
  const totals = { records: 0, messages: 0 };
  let isWhole = true;
  let last = manifest.from - 1;
  for (const [index, info] of chunks.entries()) {
    const where = `chunk ${index} of archive ${archive}`;
    const stored = await store.readChunk(key, archive, index);
    const records = stored ? unpack(stored, info) : finding('chunk-missing', `There is no ${where}.`);
    if ('code' in records) {
      findings.push(
        records.code === 'chunk-damaged' ? { ...records, what: `In ${where}: ${records.what}` } : records,
      );
      isWhole = false;
      continue;
    }
    for (const record of records) {
      if (record.position <= last || record.position > manifest.to) {
        findings.push(finding('chunk-order', `In ${where}, position ${record.position} follows ${last}.`));
      }
      last = record.position;
      positions.push(record.position);
      totals.records += 1;
      totals.messages += record.messages.length;
      findings.push(...compare(record, closed.get(record.position), archive));
    }
  }
  if (isWhole) findings.push(...checkCounts(manifest, totals));
  return { findings, positions, messages: totals.messages };
}

function unpack(stored: Uint8Array, info: CheckedManifest['chunks'][number]): ArchivedRecord[] | Finding {
  try {
    return unpackChunk(stored, info);
  } catch (error) {
    if (error instanceof ArchiveCorruptError) return finding('chunk-damaged', error.message);
    throw error;
  }
}

function checkCounts(manifest: CheckedManifest, totals: { records: number; messages: number }): Finding[] {
  const { archive, recordCount, messageCount } = manifest;
  if (totals.records === recordCount && totals.messages === messageCount) return [];
  return [
    finding(
      'archive-counts',
      `Archive ${archive} holds ${totals.messages} messages in ${totals.records} records; its manifest says ` +
        `${messageCount} in ${recordCount}.`,
    ),
  ];
}

/** What the log says of a position that an archive holds. */
function compare(record: ArchivedRecord, entry: StoredEntry | undefined, archive: number): Finding[] {
  const where = `position ${record.position} of archive ${archive}`;
  if (entry?.kind === 'void')
    return [finding('void-archived', `The log says that nothing was written at ${where}.`)];
  const differs =
    (entry?.kind === 'tombstone' || entry?.kind === 'record') && entry.appendId !== record.appendId;
  return differs ? [finding('tombstone-mismatch', `The log names another append at ${where}.`)] : [];
}

function checkNumbering(
  { archiveCount, committedThrough, sealed }: SessionMeta,
  archives: ReadonlySet<number>,
  end: number,
): Finding[] {
  const findings: Finding[] = [];
  for (let archive = 1; archive <= archiveCount; archive += 1) {
    if (archives.has(archive) || archive === sealed?.archive) continue;
    findings.push(finding('archive-missing', `Archive ${archive} has no manifest.`));
  }
  const expectedEnd = sealed && !archives.has(sealed.archive) ? sealed.from - 1 : committedThrough;
  if (archives.has(archiveCount - (sealed && !archives.has(sealed.archive) ? 1 : 0)) && end !== expectedEnd) {
    findings.push(
      finding('archive-end', `The last archive ends at position ${end}, META says ${expectedEnd}.`),
    );
  }
  return findings;
}

/** What the log still has of positions that belong to archives; a seal that is being worked on is left out. */
function checkClosed(
  { sealed }: SessionMeta,
  closed: ReadonlyMap<number, StoredEntry>,
  seen: ReadonlySet<number>,
): Finding[] {
  const lost: number[] = [];
  const uncleared: number[] = [];
  const orphans: number[] = [];
  for (const [position, { kind }] of closed) {
    if (sealed && position >= sealed.from) continue;
    if (kind === 'record') (seen.has(position) ? uncleared : lost).push(position);
    if (kind === 'tombstone' && !seen.has(position)) orphans.push(position);
  }
  return [
    ...(lost.length > 0
      ? [finding('record-lost', `In no archive, and no longer live: ${inRanges(lost)}.`)]
      : []),
    ...(uncleared.length > 0
      ? [finding('record-not-cleared', `Archived, and still in the log: ${inRanges(uncleared)}.`)]
      : []),
    ...(orphans.length > 0
      ? [
          finding(
            'tombstone-without-record',
            `The log says that they are archived, and no archive has them: ${inRanges(orphans)}.`,
          ),
        ]
      : []),
  ];
}

function checkFollowUp(
  { clock, limits, maxReceiveCount }: VerifyContext,
  manifest: CheckedManifest,
): Finding[] {
  const { archive, followUp, sealedAtMs } = manifest;
  if (followUp.state === 'dead-lettered') {
    return [finding('follow-up-dead-lettered', `The follow-up of archive ${archive} was given up.`)];
  }
  const ageMs = clock.now() - sealedAtMs;
  if (followUp.state === 'completed' || ageMs <= limits.followUp.deadlineMs * maxReceiveCount) return [];
  const minutes = Math.round(ageMs / 60_000);
  return [
    finding(
      'follow-up-pending',
      `Archive ${archive} was sealed ${minutes} minutes ago, and its follow-up is not completed.`,
    ),
  ];
}
