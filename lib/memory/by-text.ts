/** Sorts as the database sorts names: by their bytes in UTF-8. */
export function byText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
