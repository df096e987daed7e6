import type { MemoryCategory } from '../memory/index.ts';
import type { ExtractionSettings } from './extraction-settings.ts';

/**
 * The categories to extract from a session, in the deployment's order: all of them, or those of the session's restriction that the
 * deployment still has.
 */
export function wantedCategories(
  { categories }: Pick<ExtractionSettings, 'categories'>,
  restriction: readonly MemoryCategory[] | undefined,
): MemoryCategory[] {
  const names = categories.map(({ name }) => name);
  return restriction === undefined ? names : names.filter((name) => restriction.includes(name));
}
