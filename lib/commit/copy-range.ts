import { archivePacker, type PackedChunk } from '../archive/index.ts';
import type { Seal } from '../session/index.ts';
import type { CommitRun } from './commit-run.ts';
import { ProtocolViolationError } from './errors.ts';
import { settledEntries } from './settled-entries.ts';

/**
 * Copies a sealed range into its archive: the chunks, then the manifest, each if absent. Copying again, by the same
 * worker or another, finds the same records and writes nothing twice.
 *
 * @throws ProtocolViolationError when the range does not add up.
 */
export async function copyRange(run: CommitRun, seal: Seal): Promise<void> {
  const { store, key, report } = run;
  const packer = archivePacker();
  const put = async (chunk: PackedChunk | undefined) => {
    if (chunk) await store.putChunk(key, seal.archive, chunk.index, chunk.stored);
  };
  let voids = 0;
  for await (const entry of settledEntries(run, seal)) {
    if (entry.kind === 'tombstone') {
      await requirePublished(run, seal);
      report({ type: 'commit.already-copied', archive: seal.archive });
      return;
    }
    if (entry.kind === 'void') voids += 1;
    else await put(packer.add(entry));
  }
  await put(packer.end());

  const totals = packer.totals();
  if (totals.recordCount + voids !== seal.to - seal.from + 1) {
    throw new ProtocolViolationError(
      key,
      `Positions ${seal.from} to ${seal.to} gave ${totals.recordCount} records and ${voids} voids`,
    );
  }
  await store.putManifest(key, { ...seal, ...totals, followUp: { state: 'pending' } });
  report({
    type: 'commit.copied',
    archive: seal.archive,
    records: totals.recordCount,
    messages: totals.messageCount,
    bytes: totals.bytes,
    chunks: totals.chunks.length,
    voids,
  });
}

/** A tombstone in the range says that another worker has published this archive and begun to clear: see that it has. */
async function requirePublished({ store, key }: CommitRun, { archive }: Seal): Promise<void> {
  if (await store.readManifest(key, archive)) return;
  throw new ProtocolViolationError(key, `Records of archive ${archive} are cleared, but it has no manifest`);
}
