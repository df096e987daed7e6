import { z } from 'zod';

/** What a memory is about. A session may restrict which of them are extracted from it. */
export const memoryCategories = ['profile', 'preference', 'entity', 'event', 'case', 'pattern'] as const;
export const memoryCategorySchema = z.enum(memoryCategories);
export type MemoryCategory = z.infer<typeof memoryCategorySchema>;

/** One fact that a model took from an archive, before it is merged into the scope's memories. */
export const extractedMemorySchema = z.strictObject({
  category: memoryCategorySchema,
  /** Stable across archives: the same subject gets the same key, so that new evidence finds the old memory. */
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'lower-case words joined by hyphens, at most 100 characters'),
  /** One self-contained sentence. */
  text: z.string().min(1).max(1000),
  /** From 0 (a guess) to 1 (said in so many words). */
  confidence: z.number().min(0).max(1),
  /** The message it was taken from. */
  messageId: z.string().min(1),
});
export type ExtractedMemory = z.infer<typeof extractedMemorySchema>;
