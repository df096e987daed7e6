import type {
  ExtractionAgain,
  FollowUpProgress,
  FollowUpStep,
  Manifest,
  ManifestExcerpt,
  ManifestPart,
} from '../archive/index.ts';
import type { EvidencedMemory } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';

/** The port to a session's archives: their manifests, and their chunks. */
export interface ArchiveStore {
  /** Writes a chunk if absent; returns whether it did so. */
  putChunk(key: SessionKey, archive: number, index: number, chunk: Uint8Array): Promise<boolean>;
  readChunk(key: SessionKey, archive: number, index: number): Promise<Uint8Array | undefined>;
  /** Writes a manifest if absent; returns whether it did so. */
  putManifest(key: SessionKey, manifest: Manifest): Promise<boolean>;
  readManifest(key: SessionKey, archive: number): Promise<Manifest | undefined>;
  /**
   * Of at most `MANIFESTS_PER_REQUEST` archives, those manifests that exist and that the database got to, with the
   * given parts only. `readAllManifests` asks for the rest.
   */
  readManifests<Part extends ManifestPart>(
    key: SessionKey,
    archives: readonly number[],
    parts: readonly Part[],
  ): Promise<ManifestBatch<Part>>;
  /** One page, of 1 MB at most, of manifests and chunks back to the first archive. `through` of the page before goes on. */
  readArchives(key: SessionKey, through: ArchivesThrough): Promise<ArchivePage>;
  /** Records a step's result unless the step has one; returns whether it did so. */
  recordStep<S extends FollowUpStep>(
    key: SessionKey,
    archive: number,
    step: S,
    result: NonNullable<FollowUpProgress[S]>,
  ): Promise<boolean>;
  /**
   * The same, of a merge of memories that the extraction has on record: from then on statements have them, and the
   * manifest has none.
   */
  recordMerge(
    key: SessionKey,
    archive: number,
    result: NonNullable<FollowUpProgress['merge']>,
  ): Promise<boolean>;
  /**
   * Keeps what was extracted once more of an archive that is merged, in place of any other extraction, but once only
   * for each id; returns whether it did so.
   */
  recordAgain(key: SessionKey, archive: number, again: ExtractionAgain): Promise<boolean>;
  /**
   * Records why there is no merge of what was extracted once more, if it is still there; what was found is kept for
   * another try. Returns whether it did so.
   */
  failAgain(
    key: SessionKey,
    archive: number,
    id: string,
    failure: { readonly atMs: number; readonly reason: string },
  ): Promise<boolean>;
  /**
   * Lets what was extracted once more take the place of the extraction, without its memories, and of the merge; returns
   * whether it was still there.
   */
  recordReplaced(
    key: SessionKey,
    archive: number,
    again: ExtractionAgain,
    merge: NonNullable<FollowUpProgress['merge']>,
  ): Promise<boolean>;
  /**
   * Leaves some memories of an extraction that is not merged; returns whether it still had those before.
   */
  leaveMemories(
    key: SessionKey,
    archive: number,
    left: {
      readonly step: 'extraction' | 'again';
      readonly before: readonly EvidencedMemory[];
      readonly memories: readonly EvidencedMemory[];
    },
  ): Promise<boolean>;
  /** Sets the state of an archive's follow-up; `completed` is final. */
  setFollowUpState(key: SessionKey, archive: number, state: FollowUpProgress['state']): Promise<void>;
}

interface ManifestBatch<Part extends ManifestPart> {
  /** Oldest first. */
  readonly manifests: readonly ManifestExcerpt<Part>[];
  /** The archives that the database did not get to. */
  readonly left: readonly number[];
}

/** Where a page of archives begins, from which it goes back. */
export interface ArchivesThrough {
  readonly archive: number;
  /** So many of its chunks, the first ones, are wanted, and its manifest; absent: all of them. */
  readonly chunks?: number;
}

/** The newest archive first: of each its chunks, from the last, then its manifest. */
export interface ArchivePage {
  readonly items: readonly ArchiveItem[];
  /** What comes next; absent when there is nothing more. */
  readonly rest?: ArchivesThrough;
}

export type ArchiveItem =
  | { readonly kind: 'manifest'; readonly archive: number; readonly manifest: ManifestExcerpt<'chunks'> }
  | {
      readonly kind: 'chunk';
      readonly archive: number;
      readonly index: number;
      readonly stored: Uint8Array;
    };

/** What a database gives in one batch read. */
export const MANIFESTS_PER_REQUEST = 100;
