import { z } from 'zod';
import { type MemoryCategory, memoryCategorySchema } from './memory-category.ts';
import { memoryKeySchema } from './memory-key.ts';

/** What a model found in an archive about one subject, before it is merged into the scope's memories. */
export const extractedMemorySchema = z.strictObject({
  category: memoryCategorySchema,
  /** Stable across archives: the same subject gets the same key, so that new evidence finds the old memory. */
  key: memoryKeySchema,
  /** What was known of the subject holds no longer, or is to be forgotten; the text says so in a sentence. */
  retracts: z.exactOptional(z.literal(true)),
  /** What was known was openly contradicted: this counts even against what a person has entered. */
  contradicts: z.exactOptional(z.literal(true)),
  /** One self-contained sentence. */
  text: z.string().min(1).max(1000),
  /** From 0 (a guess) to 1 (said in so many words). */
  confidence: z.number().min(0).max(1),
  /** The message it was taken from. */
  messageId: z.string().min(1),
});
export type ExtractedMemory = z.infer<typeof extractedMemorySchema>;

/** An extracted memory with the time of the message it was taken from. */
export type EvidencedMemory = ExtractedMemory & { readonly seenAtMs: number };

/** Whose memories: by default a user of a tenant. */
export interface ScopeKey {
  readonly tenant: string;
  readonly scope: string;
}

/** Where a memory's evidence is. */
export interface MemorySource {
  readonly session: string;
  readonly archive: number;
}

/** One thing that is known of a scope. */
export interface Memory {
  readonly category: MemoryCategory;
  readonly key: string;
  /** What the newest evidence says. */
  readonly text: string;
  readonly confidence: number;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** The archives that gave evidence, 500 at most; merging one of them again changes nothing. */
  readonly archives: readonly MemorySource[];
  /** Sessions that are not listed gave evidence, too: there were more than 500. */
  readonly hasUnlistedSessions?: true;
  /** What older evidence said, newest first, where it differs; bounded. */
  readonly history: readonly { readonly text: string; readonly seenAtMs: number }[];
  /** Grows by 1 with each change; every write is conditional on it. */
  readonly version: number;
}
