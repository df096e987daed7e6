export { archivePacker, type PackedChunk } from './archive-packer.ts';
export type { ArchivedRecord } from './archived-record.ts';
export { type ArchiveRange, cover, isCovered, newestNotCovered } from './coverage.ts';
export { ArchiveCorruptError, ArchiveNotFoundError } from './errors.ts';
export type {
  ExtractionAgain,
  FollowUpProgress,
  FollowUpStep,
  Manifest,
  ManifestExcerpt,
  ManifestPart,
} from './manifest.ts';
export { unpackChunk } from './unpack-chunk.ts';
export { withoutMemories } from './without-memories.ts';
