import { z } from 'zod';
import { cleanText } from '../text/index.ts';

/** In UTF-16 code units, as models may write. */
const MAX_LENGTH = 1_000;

/** What a person may enter as a memory; it is kept as it is. */
export const memoryTextSchema = z
  .string()
  .max(MAX_LENGTH, `must be a text of at most ${MAX_LENGTH} characters`)
  .refine((text) => text.trim() !== '', 'must be a text that says something')
  .refine(
    (text) => cleanText(text) === text,
    'must be a text without control characters and halves of characters',
  )
  .meta({
    documentedAs: z.string().max(MAX_LENGTH).regex(/\S/),
    description: `What holds: 1 to ${MAX_LENGTH} characters (UTF-16 units), no control characters but line feeds and tabs, nothing that looks like a secret. It is stored unaltered.`,
  });
