import { z } from 'zod';

const KIBIBYTE = 1024;

/** Bounds of one append: they keep a record, with its keys, well under DynamoDB's 400 KB item limit. */
export const appendBounds = {
  /** All messages of one append together, as UTF-8 JSON. */
  maxBytes: 256 * KIBIBYTE,
  maxMessages: 100,
} as const;

/** Names in keys: no `#` (it separates key parts), no spaces, at most 128 characters. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9._:@+|-]{1,128}$/, '1 to 128 characters out of A-Z a-z 0-9 . _ : @ + | -');

/** A message as a frontend sends it. */
export const newMessageSchema = z.strictObject({
  /** The frontend's own id: a repeated append with the same ids, in the same order, is stored once. */
  id: nameSchema.optional(),
  role: z.enum(['user', 'assistant', 'system', 'tool']),
  content: z.string().min(1),
  /** When it was said, by the frontend's clock; the time of the append unless given. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** Anything the frontend wants to find again; stored and returned as it came, never read. */
  metadata: z.record(z.string(), z.json()).optional(),
});
export type NewMessage = z.infer<typeof newMessageSchema>;

/** A message as it is stored: `id` and `at` are always there. */
export type Message = Omit<NewMessage, 'id' | 'at'> & { readonly id: string; readonly at: string };
