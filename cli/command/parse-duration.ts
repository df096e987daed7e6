import { InvalidArgumentError } from '@commander-js/extra-typings';

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time span such as `90s`, `15m`, `2h` or `3d`, in ms. */
export function parseDuration(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const unitMs = unitsMs[unit];
  if (unitMs !== undefined) return Number(number) * unitMs;
  throw new InvalidArgumentError('It must be a whole number with a unit: 90s, 15m, 2h, 3d.');
}
