import { boundedArray } from '../json/index.ts';
import { memoryCategories, memoryCategorySchema } from '../memory/index.ts';

/** Which categories are extracted from a session; each of them at most once would do. */
export const memoryCategoriesSchema = boundedArray(memoryCategorySchema, {
  max: memoryCategories.length,
  what: 'categories',
});
