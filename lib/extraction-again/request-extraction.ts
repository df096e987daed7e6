import { ArchiveNotFoundError, type Manifest } from '../archive/index.ts';
import { dedupIdOf, type FollowUpMessage, messageGroup, type Sender } from '../queue/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore } from '../store/index.ts';
import { FoundExtractionGoneError } from './errors.ts';

/** What asking for an extraction depends on. */
interface ExtractionRequestContext {
  readonly store: Pick<ArchiveStore, 'readManifest'>;
  readonly followUps: Sender<FollowUpMessage>;
  /** Unique at every call. */
  readonly newId: () => string;
}

/** To extract an archive once more; or to merge what a dry run found, by its id. */
export type ExtractionRequest = { readonly dryRun: boolean } | { readonly apply: string };

type RequestedExtraction =
  | { readonly archive: number; readonly extractionId: string; readonly dryRun: boolean }
  /** Its first follow-up is not completed: that was asked for in place of another extraction. */
  | { readonly archive: number; readonly followUp: 'sent-again' };

/**
 * Asks the follow-up queue to extract an archive once more, behind whatever it has of the session. An archive whose
 * follow-up is not completed is followed up instead. One read and one message.
 *
 * @throws ArchiveNotFoundError; FoundExtractionGoneError; StoreUnavailableError; QueueUnavailableError, when it is not
 * known whether it was asked for: what is asked for twice takes effect once for each id.
 */
export async function requestExtraction(
  { store, followUps, newId }: ExtractionRequestContext,
  key: SessionKey,
  archive: number,
  request: ExtractionRequest,
): Promise<RequestedExtraction> {
  const manifest = await store.readManifest(key, archive);
  if (!manifest) throw new ArchiveNotFoundError(key.session, archive);
  const { tenant, session } = key;
  const group = messageGroup(key);
  const plain = { tenant, session, archive, commitId: manifest.commitId };
  if (!isFollowedUp(manifest)) {
    // As its commit has sent it: within five minutes of that the queue has it already.
    await followUps.send({ group, dedupId: dedupIdOf(tenant, session, archive), body: plain });
    return { archive, followUp: 'sent-again' };
  }
  const isNew = 'dryRun' in request;
  const extractionId = isNew ? newId() : request.apply;
  const dryRun = isNew && request.dryRun;
  if (!isNew && isMerged(manifest, extractionId)) return { archive, extractionId, dryRun };
  if (!isNew && !isFound(manifest, extractionId)) throw new FoundExtractionGoneError(archive, extractionId);
  const mode = isNew ? (dryRun ? 'find' : 'find-and-merge') : 'merge';
  // One that was given up may be asked for again at once.
  const attempt = manifest.followUp.again?.failure?.atMs ?? 0;
  const dedupId = dedupIdOf(tenant, session, archive, extractionId, mode, attempt);
  await followUps.send({ group, dedupId, body: { ...plain, again: { id: extractionId, mode } } });
  return { archive, extractionId, dryRun };
}

function isFollowedUp({ followUp: { state, merge } }: Manifest): boolean {
  return state === 'completed' && merge !== undefined;
}

function isMerged({ followUp: { extraction } }: Manifest, id: string): boolean {
  return extraction?.outcome === 'done' && extraction.againId === id;
}

function isFound({ followUp: { again } }: Manifest, id: string): boolean {
  return again?.id === id && again.extraction.outcome === 'done';
}
