import { z } from 'zod';

/** In code points: at most 800 bytes, so that META, which every append writes, stays small. */
const MAX_CHARACTERS = 200;

/** What people call a session. */
export const titleSchema = z
  .string()
  .refine(
    (title) => title.length > 0 && [...title].length <= MAX_CHARACTERS,
    `1 to ${MAX_CHARACTERS} characters`,
  )
  .refine((title) => title.isWellFormed(), 'must be well-formed text')
  .meta({
    documentedAs: z.string().min(1).max(MAX_CHARACTERS),
    description: `What people call it: 1 to ${MAX_CHARACTERS} characters (Unicode code points).`,
  });
