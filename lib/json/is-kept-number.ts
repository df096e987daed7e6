/** Every double has a form of so many digits, and no two have the same one (C's `DBL_DECIMAL_DIG`). */
const MAX_DIGITS = 17;

/**
 * Whether a number of a JSON text is still that number after it was read as a double and written again (RFC 7493, 2.2).
 *
 * What is written is the shortest form: `1.0` becomes `1`, and `1e2` becomes `100`, which are the same numbers. Of a
 * fraction, any form of up to 17 digits counts that stands for the double: `%.17g` in C writes 0.1 as
 * 0.10000000000000001. Integers must be the same to the last digit. `-0`, and what is too large or too small, is not.
 */
export function isKeptNumber(text: string): boolean {
  const value = Number(text);
  if (String(value) === text) return true;
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  const sent = decimalOf(text);
  if (isSame(decimalOf(String(value)), sent)) return true;
  const isFraction = Math.abs(value) < Number.MAX_SAFE_INTEGER;
  const { length } = sent.digits;
  if (!isFraction || value === 0 || length > MAX_DIGITS) return false;
  return isSame(decimalOf(value.toPrecision(length)), sent);
}

/** ± 0.`digits` × 10^`exponent`; the digits neither begin nor end with a zero. */
interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(text: string): Decimal {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  let from = 0;
  while (digits[from] === '0') from += 1;
  if (from === digits.length) return { sign, digits: '', exponent: 0 };
  // Not by a regular expression: /0+$/ looks at a row of zeros again from each of them.
  let to = digits.length;
  while (digits[to - 1] === '0') to -= 1;
  return { sign, digits: digits.slice(from, to), exponent: Number(exponent) + whole.length - from };
}

function isSame(a: Decimal, b: Decimal): boolean {
  return a.sign === b.sign && a.digits === b.digits && a.exponent === b.exponent;
}
