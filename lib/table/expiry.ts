import { z } from 'zod';
import type { Item } from './item-kind.ts';

const SECOND_MS = 1_000;

const schema = z.object({ expiresAtSeconds: z.number() });

/** The attribute by which the database removes an item: in whole seconds, as it wants it. */
export const expiryAttribute = (expiresAtMs: number) => ({
  expiresAtSeconds: Math.floor(expiresAtMs / SECOND_MS),
});

/** When the database removes an item; it keeps one whose attribute is missing, or no number. */
export function expiryOf(item: Item): { readonly expiresAtMs?: number } {
  const parsed = schema.safeParse(item);
  return parsed.success ? { expiresAtMs: parsed.data.expiresAtSeconds * SECOND_MS } : {};
}
