import { z } from 'zod';
import { type MemoryCategory, memoryCategorySchema } from './memory-category.ts';
import { memoryKeySchema } from './memory-key.ts';

/**
 * What a model found in an archive about one subject, before it is merged into the scope's memories. Written out, so that
 * the client's types need no library of schemas.
 */
export interface ExtractedMemory {
  category: MemoryCategory;
  /** Stable across archives: the same subject gets the same key, so that new evidence finds the old memory. */
  key: string;
  /** What was known of the subject holds no longer, or is to be forgotten; the text says so in a sentence. */
  retracts?: true;
  /** What was known was openly contradicted: this counts even against what a person has entered. */
  contradicts?: true;
  /** One self-contained sentence. */
  text: string;
  /** From 0 (a guess) to 1 (said in so many words). */
  confidence: number;
  /** The message it was taken from. */
  messageId: string;
}

export const extractedMemorySchema = z.strictObject({
  category: memoryCategorySchema,
  key: memoryKeySchema,
  retracts: z.exactOptional(z.literal(true)),
  contradicts: z.exactOptional(z.literal(true)),
  text: z.string().min(1).max(1000),
  confidence: z.number().min(0).max(1),
  messageId: z.string().min(1),
}) satisfies z.ZodType<ExtractedMemory>;

/** An extracted memory with the time of the message it was taken from. */
export type EvidencedMemory = ExtractedMemory & {
  readonly seenAtMs: number;
  /** Whose words it holds, though its own conversation did not say them. */
  readonly carriedFrom?: Carried;
};

/** Whose memories: by default a user of a tenant. */
export interface ScopeKey {
  readonly tenant: string;
  readonly scope: string;
}

/** What a statement is about, and a memory: within a scope there is one memory of each subject. */
export interface Subject {
  readonly category: MemoryCategory;
  readonly key: string;
}

/** What is known of one subject: the view of its statements, by `viewOf`. */
export interface Memory extends Subject {
  /** What holds; absent when it was taken back. */
  readonly text?: string;
  readonly confidence: number;
  /** When the oldest and the newest of its statements were made, whichever of them decides. */
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** When the statement was made that decides, by whom, and whose words it carries on. */
  readonly saidAtMs: number;
  readonly by: Author;
  readonly carriedFrom?: Carried;
  /** A person has made one of its statements. */
  readonly hasPerson?: true;
  /** What was known before there were statements. */
  readonly earlier?: EarlierMemory;
  /** Another with each change, so that a change demands the one that it has seen. */
  readonly revision: string;
}

/**
 * Other sessions whose words a text holds: for each such word, the sessions that said it, sorted. The text goes with the
 * last session of one of these groups.
 */
export type Carried = readonly (readonly string[])[];

/** Who made a statement. */
export type Author =
  | ArchiveAuthor
  | PersonAuthor
  /** A session that is erased: it had taken back what others said, and that stays taken back. */
  | { readonly kind: 'erased'; readonly id: string }
  /** Sessions, from before there were statements. */
  | { readonly kind: 'earlier' };

/** A model, from what an archive says. */
interface ArchiveAuthor {
  readonly kind: 'archive';
  readonly session: string;
  readonly archive: number;
  /** Of the message that says so; of the last one, where there are several. */
  readonly messageId: string;
  /** `provider:model`. */
  readonly model: string;
  readonly promptVersion?: string;
  /** Which categories and instructions the model was given; absent: the built-in ones. */
  readonly extractionVersion?: string;
}

/** Somebody who entered, corrected or took back a memory. */
interface PersonAuthor {
  readonly kind: 'person';
  readonly id: string;
  /** The `sub` of the API's caller; of an operator, `operator:` and the name of the user or role. */
  readonly who: string;
}

/** A memory of the form that was stored before there were statements. Nobody can say which session said its text. */
export interface EarlierMemory {
  readonly text: string;
  readonly confidence: number;
  readonly firstSeenAtMs: number;
  readonly saidAtMs: number;
  /** The sessions that gave evidence, 500 at most. */
  readonly sessions: readonly string[];
  readonly hasUnlistedSessions?: true;
  readonly history: readonly { readonly text: string; readonly seenAtMs: number }[];
}
