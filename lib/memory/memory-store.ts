import type { Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryCategory } from './memory-category.ts';
import type { Statement } from './statement.ts';

/** The port between memories and the database; each method is one request, and reads are strongly consistent unless told. */
export interface MemoryStore {
  /** Of at most `SUBJECTS_PER_REQUEST` subjects, the memories that exist and that the database got to; and the scope. */
  readMemories(scope: ScopeKey, subjects: readonly Subject[]): Promise<MemoryBatch>;
  /** One page in the order of category and key; `nextAfter` of one page is `after` of the next, of the same category if any. */
  listMemories(scope: ScopeKey, page: MemoryPage): Promise<MemoryList>;
  /** A page of the statements of a subject, the newest first. */
  listStatements(
    scope: ScopeKey,
    subject: Subject,
    page: { readonly limit?: number; readonly after?: string },
  ): Promise<{ readonly statements: readonly Statement[]; readonly nextAfter?: string }>;
  /** Of at most `STATEMENTS_PER_REQUEST` names, the statements that exist and that the database got to. */
  readStatements(scope: ScopeKey, names: readonly string[]): Promise<StatementBatch>;
  /**
   * A page of where a session's words are in the scope: in the statements of one author, or of all. Of all sessions where
   * none is named.
   */
  listSources(
    scope: ScopeKey,
    session: string | undefined,
    page: { readonly author?: string; readonly after?: string },
  ): Promise<{ readonly sources: readonly Source[]; readonly nextAfter?: string }>;
  /** Makes all of a change, or nothing of it. Of at most `ITEMS_PER_CHANGE` items. */
  change(scope: ScopeKey, change: MemoryChange): Promise<ChangeOutcome>;
  /** From now on nothing is remembered of what was said until then. Returns the time, which only grows. */
  markErased(scope: ScopeKey, erasedAtMs: number): Promise<number>;
  /** From now on nothing is written any more that carries on what the session said. */
  markSessionErased(scope: ScopeKey, session: string): Promise<void>;
  /** A page of the names of the scope's statements. */
  listStatementNames(
    scope: ScopeKey,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly names: readonly string[]; readonly nextAfter?: string }>;
}

/** Which page of a scope's memories is asked for. */
interface MemoryPage {
  /** At most so many memories; by default as many as the database gives at once: 1 MB of them. */
  readonly limit?: number;
  /** Begins behind this one; `<category>#<key>`. */
  readonly after?: string;
  /** Only memories of this category; of all by default. */
  readonly category?: MemoryCategory;
  /** What was written a moment ago may be missing; a read costs half. False by default. */
  readonly mayBeStale?: boolean;
}

interface MemoryList {
  readonly memories: readonly Memory[];
  /** Absent on the last page. */
  readonly nextAfter?: string;
}

export const SUBJECTS_PER_REQUEST = 99;
/** What DynamoDB takes in one transaction. */
export const ITEMS_PER_CHANGE = 100;

/** What a database gives in one batch read. */
export const STATEMENTS_PER_REQUEST = 100;

interface StatementBatch {
  readonly statements: readonly Statement[];
  /** The names that the database did not get to. */
  readonly left: readonly string[];
}

interface MemoryBatch {
  readonly memories: readonly Memory[];
  /** Absent: the scope was never erased. */
  readonly erasedAtMs?: number;
  /** The subjects that the database did not get to. */
  readonly left: readonly Subject[];
}

/** Names the statements of one author that hold words of a session: its own archives', and what others carried on. */
export interface Source {
  readonly session: string;
  /** By `authorName`. */
  readonly author: string;
  readonly names: readonly string[];
  /** The author's manifest held words of the session that were not merged, and may still hold them. */
  readonly onManifest?: true;
}

/** What is written at once. Each item is one of at most `ITEMS_PER_CHANGE`. */
export interface MemoryChange {
  /** The change demands that the scope was not erased since; absent: it may have been. */
  readonly erasure?: { readonly seenAtMs: number | undefined };
  /** The change demands that the archive is there, and awaits this. */
  readonly archive?: ArchiveState;
  /** The change demands that what these sessions said is not erased. */
  readonly carriedFrom?: readonly string[];
  readonly put?: readonly Statement[];
  /** Names of statements. */
  readonly remove?: readonly string[];
  readonly memories?: readonly {
    readonly subject: Subject;
    /** The change demands that it is still this one; absent: that there is none. */
    readonly before?: string | undefined;
    /** Absent: it goes. */
    readonly after?: Memory | undefined;
  }[];
  /** Names that come to a source, and go from one; a source is named once. */
  readonly sources?: readonly (Pick<Source, 'session' | 'author'> & {
    readonly add?: readonly string[];
    readonly drop?: readonly string[];
  })[];
  /** The change demands that they name nothing any more; and no manifest, unless it is told that it has been struck. */
  readonly removedSources?: readonly (Pick<Source, 'session' | 'author'> & { readonly isStruck?: boolean })[];
  /** Sources that are `onManifest` from then on. */
  readonly listed?: readonly Pick<Source, 'session' | 'author'>[];
  /** The change demands that the manifest has no such extraction yet, and keeps it there. */
  readonly extraction?: KeptExtraction;
}

/** What a manifest is to keep until it is merged. */
export interface KeptExtraction {
  readonly session: string;
  readonly archive: number;
  /** Its first extraction, or one that was asked for again. */
  readonly step: 'extraction' | 'again';
  /** As manifests have it; of one that was asked for again, with its `id`. */
  readonly result: object & { readonly id?: string };
}

export interface ArchiveState {
  readonly session: string;
  readonly archive: number;
  /** Its first merge, or the merge of what was extracted again, by its id. */
  readonly awaits: 'merge' | { readonly extractionId: string };
}

/** Why a change was not made: nothing of it was. */
export type ChangeOutcome = 'done' | 'archive-changed' | 'scope-erased' | 'session-erased' | 'memory-changed';
