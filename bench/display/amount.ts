import type { Figure } from '../section.ts';

const KILOBYTE = 1_000;
const MEGABYTE = 1_000_000;

/** A number with its unit, as exact as is of use. */
export function amount(value: number, unit: Figure['unit']): string {
  if (unit === 'bytes') return bytes(value);
  const number = Number.isInteger(value) ? String(value) : value.toFixed(2);
  return unit === 'ratio' ? number : `${number} ${unit}`;
}

function bytes(value: number): string {
  if (value < KILOBYTE) return `${value} B`;
  if (value < MEGABYTE) return `${(value / KILOBYTE).toFixed(1)} KB`;
  return `${(value / MEGABYTE).toFixed(2)} MB`;
}
