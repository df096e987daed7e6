const MAX_NAMED = 3;

/** The first names of a list, and how many more there are. */
export function named(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
