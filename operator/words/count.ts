/** A number with its noun: `1 letter`, `2 letters`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
