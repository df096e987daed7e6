import type { Author, Memory, Subject } from '../../lib/memory/index.ts';
import { iso } from '../words/index.ts';

/** What is known of one subject; times are ISO 8601. */
export interface MemoryDocument extends Subject {
  /** Absent when it was taken back. */
  readonly text?: string;
  readonly confidence: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** When that was said which decides, and who said it. */
  readonly saidAt: string;
  readonly by: AuthorDocument;
  /** Another one after each change. */
  readonly revision: string;
}

/** Who said something: a model that read an archive, or a person. */
export type AuthorDocument =
  | Extract<Author, { readonly kind: 'archive' | 'earlier' }>
  | { readonly kind: 'person'; readonly who: string }
  | { readonly kind: 'erased' };

export function memoryDocument(memory: Memory): MemoryDocument {
  const { category, key, text, confidence, firstSeenAtMs, lastSeenAtMs, saidAtMs, by, revision } = memory;
  return {
    category,
    key,
    ...(text !== undefined && { text }),
    confidence,
    firstSeenAt: iso(firstSeenAtMs),
    lastSeenAt: iso(lastSeenAtMs),
    saidAt: iso(saidAtMs),
    by: authorDocument(by),
    revision,
  };
}

/** Without the ids that only tell two statements apart. */
export function authorDocument(by: Author): AuthorDocument {
  if (by.kind === 'person') return { kind: by.kind, who: by.who };
  return by.kind === 'erased' ? { kind: by.kind } : by;
}
