import {
  ArchiveCorruptError,
  type ArchivedRecord,
  type ManifestExcerpt,
  unpackChunk,
} from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type ItemError, isItemError } from '../table/index.ts';
import { type Finding, finding, itemFinding } from './finding.ts';
import { orItemError } from './or-item-error.ts';
import type { StoredEntry } from './session-items.ts';
import type { VerifyContext } from './verify-context.ts';

export type CheckedManifest = ManifestExcerpt<'chunks'>;

/** Reads the chunks of one archive, one in memory at a time, and checks them against its manifest and the log. */
export async function checkArchive(
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
    const stored = await orItemError(store.readChunk(key, archive, index));
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

function unpack(
  stored: Uint8Array | ItemError,
  info: CheckedManifest['chunks'][number],
): ArchivedRecord[] | Finding {
  if (isItemError(stored)) return itemFinding(stored, 'chunk-damaged');
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
