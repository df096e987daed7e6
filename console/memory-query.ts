import { z } from 'zod';
import { memoryCategorySchema, memoryKeySchema } from '../lib/memory/index.ts';
import { nameSchema } from '../lib/session/index.ts';

/** `<category>#<key>`: a category has 40 characters at most, a key 200 UTF-16 code units. */
const markSchema = z
  .string()
  .max(241)
  .regex(/^[a-z][a-z0-9-]*#[^#]+$/, 'where a list ends, as its link says');

/** Which memories of a scope a page lists, as it comes in addresses. */
export const memoryQuerySchema = z
  .object({
    tenant: nameSchema,
    scope: nameSchema,
    category: memoryCategorySchema.optional(),
    words: z.string().max(200).optional(),
    forgotten: z.literal('yes').optional(),
    after: markSchema.optional(),
  })
  .refine(({ category, after }) => !category || !after || after.startsWith(`${category}#`), {
    path: ['after'],
    message: 'a place in another category',
  });

export type MemoryQuery = z.output<typeof memoryQuerySchema>;

/** Which memory a page is about. */
export const memoryAddressSchema = z.object({
  tenant: nameSchema,
  scope: nameSchema,
  category: memoryCategorySchema,
  key: memoryKeySchema,
});
