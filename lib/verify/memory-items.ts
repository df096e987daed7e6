import type { EvidencedMemory, Memory, ScopeKey, Source, Statement } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import type { ItemError } from '../table/index.ts';

/**
 * What an inspection reads of memories. Reads are strongly consistent, page by page, each page one request. Any of them
 * may throw `StoreUnavailableError`.
 */
export interface MemoryItems {
  /** All of one scope: marks of sessions, memories, sources and statements, each sorted by name, in this order. */
  ofScope(scope: ScopeKey): AsyncIterable<ScopeItem>;
  /** All of a tenant that holds what sessions said elsewhere than with them: reads the whole table, and costs as much. */
  ofTenant(tenant: string, signal: AbortSignal): AsyncIterable<ScannedPage>;
  /** All that is in a session's partition, without what it says. */
  ofSession(key: SessionKey): AsyncIterable<SessionItem>;
}

/** One request's share of a scan. */
export interface ScannedPage {
  /** How many items of the whole table it has gone through. */
  readonly looked: number;
  readonly items: readonly ScannedItem[];
}

export type ScannedItem =
  | { readonly place: 'scope'; readonly scope: ScopeKey; readonly item: ScopeItem }
  | {
      readonly place: 'archive';
      readonly key: SessionKey;
      readonly archive: number;
      readonly item: Unmerged;
    };

/** An item of a scope. */
export type ScopeItem =
  | { readonly kind: 'memory'; readonly name: string; readonly memory: Memory }
  | { readonly kind: 'statement'; readonly name: string; readonly statement: Statement }
  | { readonly kind: 'source'; readonly source: Source }
  | { readonly kind: 'erased'; readonly session: string }
  | { readonly kind: 'scope'; readonly erasedAtMs: number }
  | Unreadable;

/** What was extracted of an archive and is not merged. */
type Unmerged = { readonly kind: 'unmerged'; readonly memories: readonly EvidencedMemory[] } | Unreadable;

interface Unreadable {
  readonly kind: 'unreadable';
  /** Its sort key. */
  readonly name: string;
  readonly error: ItemError;
}

export interface SessionItem {
  /** Its sort key. */
  readonly name: string;
  /** A position or place that is closed, or the mark of the deleted session. */
  readonly holdsNothing: boolean;
  readonly expiresAtMs?: number;
}
