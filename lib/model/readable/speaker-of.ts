import { z } from 'zod';
import type { ReadableMessage } from './readable.ts';

/** A person's name as frontends send it in a message's metadata; anything longer or stranger is not one. */
const speakerNameSchema = z
  .string()
  .trim()
  .regex(/^\p{L}[\p{L}\p{M}.'’ -]{0,59}$/u);

/** The name that a user's or assistant's message carries in its metadata; a tool's is not a person's. */
export function speakerOf({
  role,
  metadata,
}: Pick<ReadableMessage, 'role' | 'metadata'>): string | undefined {
  if (role !== 'user' && role !== 'assistant') return undefined;
  return speakerNameSchema.safeParse(metadata?.['name']).data;
}
