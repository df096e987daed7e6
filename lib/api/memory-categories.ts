import { builtInExtraction, wantedCategories } from '../extraction/index.ts';
import { boundedArray } from '../json/index.ts';
import { type MemoryCategory, memoryCategorySchema } from '../memory/index.ts';
import type { ApiContext } from './api-context.ts';
import { InvalidInputError } from './errors.ts';

/** As many as a deployment may have. */
const MAX_CATEGORIES = 20;

/** Which categories are extracted from a session; `null` for all that the deployment has. */
export const memoryCategoriesSchema = boundedArray(memoryCategorySchema, {
  max: MAX_CATEGORIES,
  what: 'categories',
})
  .nullish()
  .describe(
    'What is remembered of it: some of the categories of the deployment. `null` lifts the restriction, `[]` remembers nothing.',
  );

/** The categories that the deployment has, or those of a session's restriction. */
export function categoriesOf(
  { extraction = builtInExtraction }: Pick<ApiContext, 'extraction'>,
  restriction?: readonly MemoryCategory[],
): readonly MemoryCategory[] {
  return restriction ?? wantedCategories(extraction, undefined);
}

/** @throws InvalidInputError for a category that the deployment does not have, with those that it has. */
export function refuseUnknownCategories(
  context: Pick<ApiContext, 'extraction'>,
  given: readonly MemoryCategory[] | null | undefined,
): void {
  const known = categoriesOf(context);
  const index = (given ?? []).findIndex((category) => !known.includes(category));
  if (index < 0) return;
  const message = `must be one of the deployment's categories: ${known.join(', ')}`;
  throw new InvalidInputError([{ field: `memoryCategories[${index}]`, message }]);
}
