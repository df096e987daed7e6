import type { ArchivedRecord } from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ArchiveStore, LogStore, MetaStore, Patience } from '../store/index.ts';

/** Where messages are: archives are `archiving` from their seal until they can be read. */
export type Place =
  | { readonly state: 'live' }
  | { readonly state: 'archiving' | 'archived'; readonly archive: number };

/** A page of the log, or a chunk of an archive. */
export interface LogRead {
  readonly place: Place;
  readonly records: readonly Omit<ArchivedRecord, 'appendId'>[];
  /** Nothing is left unread between this position and the read before. */
  readonly from: number;
  /** What comes next takes another request. */
  readonly endsRequest: boolean;
}

/** Where a session is read from. */
export interface LogSource {
  readonly store: MetaStore & LogStore & ArchiveStore;
  readonly key: SessionKey;
  readonly patience: Patience;
}
