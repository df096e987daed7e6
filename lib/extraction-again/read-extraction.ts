import {
  ArchiveNotFoundError,
  type ExtractionAgain,
  type FollowUpProgress,
  type Manifest,
} from '../archive/index.ts';
import { type MemoryContext, readArchiveStatements } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type ArchiveStore, type MetaStore, SessionNotFoundError } from '../store/index.ts';
import { type Difference, differenceOf } from './difference-of.ts';

/** What reading an extraction depends on. */
export interface ExtractionReadContext extends Omit<MemoryContext, 'newId'> {
  readonly store: Pick<ArchiveStore, 'readManifest'> & Pick<MetaStore, 'readMeta'>;
}

/** The last extraction of an archive that was asked for. */
export type ExtractionState =
  /** None since its follow-up, whose model and prompt these are; none of them where it had no extraction. */
  | ({ readonly state: 'none' } & Partial<Source>)
  /** It is kept, and not merged: this is what would change. */
  | ({
      readonly state: 'found';
      readonly extractionId: string;
      readonly difference: Difference;
      /** Why it could not be merged, the last time that this was given up. */
      readonly failure?: Failure;
    } & Source)
  /** The archive says now what it found. */
  | ({ readonly state: 'merged'; readonly extractionId: string } & Source)
  /** It found nothing that could be kept: the archive is as it was. */
  | { readonly state: 'failed'; readonly extractionId: string; readonly failure: Failure };

/** What has found it, and when. */
interface Source {
  readonly atMs: number;
  /** `provider:model`. */
  readonly model: string;
  readonly promptVersion?: string;
  /** Absent: the built-in categories. */
  readonly extractionVersion?: string;
}

interface Failure {
  readonly atMs: number;
  readonly reason: string;
}

type Extraction = Extract<FollowUpProgress['extraction'], { outcome: 'done' }>;

/**
 * How far the last extraction of an archive is, and what it would change in the archive's statements as they are now. Two
 * reads, and three of memories where something is to be compared.
 *
 * @throws ArchiveNotFoundError; StoreUnavailableError, MemoryStoreUnavailableError; ItemUnreadableError, ItemTooNewError.
 */
export async function readExtraction(
  context: ExtractionReadContext,
  key: SessionKey,
  archive: number,
): Promise<ExtractionState> {
  const manifest = await context.store.readManifest(key, archive);
  if (!manifest) throw new ArchiveNotFoundError(key.session, archive);
  const { again, extraction } = manifest.followUp;
  if (again) return readAgain(context, key, manifest, again);
  if (extraction?.outcome !== 'done') return { state: 'none' };
  const { againId } = extraction;
  return againId === undefined
    ? { state: 'none', ...sourceOf(extraction) }
    : { state: 'merged', extractionId: againId, ...sourceOf(extraction) };
}

async function readAgain(
  context: ExtractionReadContext,
  key: SessionKey,
  { archive }: Manifest,
  { id: extractionId, extraction, failure }: ExtractionAgain,
): Promise<ExtractionState> {
  if (extraction.outcome === 'skipped') {
    const { atMs, reason } = extraction;
    return { state: 'failed', extractionId, failure: failure ?? { atMs, reason } };
  }
  const scope = { tenant: key.tenant, scope: extraction.scope ?? (await scopeOf(context, key)) };
  const [before, { erasedAtMs = Number.NEGATIVE_INFINITY }] = await Promise.all([
    readArchiveStatements(context, scope, { session: key.session, archive }),
    context.memories.readMemories(scope, []),
  ]);
  // What was said before the scope was erased is not merged, and is on its way out.
  const after = extraction.memories.filter(({ seenAtMs }) => seenAtMs > erasedAtMs);
  const kept = before.filter(({ saidAtMs }) => saidAtMs > erasedAtMs);
  return {
    state: 'found',
    extractionId,
    ...sourceOf(extraction),
    difference: differenceOf(kept, after),
    ...(failure && { failure }),
  };
}

async function scopeOf({ store }: ExtractionReadContext, key: SessionKey): Promise<string> {
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  return meta.scope;
}

function sourceOf({ atMs, by: model, promptVersion, extractionVersion }: Extraction): Source {
  return {
    atMs,
    model,
    ...(promptVersion !== undefined && { promptVersion }),
    ...(extractionVersion !== undefined && { extractionVersion }),
  };
}
