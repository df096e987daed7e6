const numbers = new Intl.NumberFormat('en');

/** A number with its noun: `1 letter`, `2,000 letters`. */
export function amount(number: number, noun: string): string {
  return `${numbers.format(number)} ${number === 1 ? noun : `${noun}s`}`;
}
