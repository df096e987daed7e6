import { z } from 'zod';

/** A list whose length is checked before anything in it, so that refusing a long one costs next to nothing. */
export function boundedArray<Item extends z.ZodType>(
  item: Item,
  { min = 0, max, what }: { readonly min?: number; readonly max: number; readonly what: string },
) {
  return z
    .array(z.unknown())
    .min(min, `at least ${min} ${what}`)
    .max(max, `at most ${max} ${what}`)
    .pipe(z.array(item))
    .meta({ documentedAs: z.array(item).min(min).max(max) });
}
