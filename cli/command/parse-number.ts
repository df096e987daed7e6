import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A parser of whole numbers within bounds, both included. */
export function parseNumber(min: number, max: number) {
  return (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
