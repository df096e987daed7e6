import type { NewMessage, SessionKey, SessionMeta } from '../session/index.ts';

/** A message to be imported. Its id is the same each time that its history is read. */
export type ImportedMessage = NewMessage & { readonly id: string };

/** What a session is created with. */
export type HistorySettings = Pick<SessionMeta, 'scope' | 'title' | 'memoryCategories' | 'autoCommit'>;

/** The messages of one session, from wherever they are. */
export interface History {
  readonly key: SessionKey;
  readonly settings: HistorySettings;
  /** Of messages. */
  readonly count: number;
  /** All of them, in order; the same each time. */
  messages(): AsyncIterable<ImportedMessage>;
}
