import { z } from 'zod';

/** The categories of a deployment that has none of its own. */
export const builtInCategories = ['profile', 'preference', 'entity', 'event', 'case', 'pattern'] as const;

/** What a memory is about: a category of the deployment, or one that it had when the memory was found. */
export const memoryCategorySchema: z.ZodType<MemoryCategory, string> = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    'must be a category: at most 40 lower-case letters, digits and hyphens, the first a letter',
  )
  .meta({
    id: 'MemoryCategory',
    description:
      'A category of the deployment; `profile`, `preference`, `entity`, `event`, `case` or `pattern` unless it has its own.',
  });

/** An intersection, so that editors still offer the built-in ones. */
export type MemoryCategory = (typeof builtInCategories)[number] | (string & {});
