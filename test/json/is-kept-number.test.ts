import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKeptNumber } from '../../lib/json/is-kept-number.ts';

const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));

describe('a number', () => {
  it.each([
    ...['0', '1', '-1', '1.0', '1.50', '0.0', '0e5', '1e2', '1E+2', '100', '0.1', '1e-7', '123456789012345'],
    ...[
      '9007199254740991',
      '9007199254740992',
      '9007199254740994',
      '-9007199254740991',
      '1e23',
      '100000000000000000000',
    ],
    ...[
      '36028797018963970',
      '0.30000000000000004',
      '5e-324',
      '4.9E-324',
      '1.7976931348623157e308',
      '2.50e-1',
    ],
    ...['0.10000000000000001', '3.1415926535897931', '1.0e0', '1000000000000000000000000e-24', '0.000001'],
  ])('that a double holds is kept: %s', (text) => {
    expect(isKeptNumber(text)).toBe(true);
  });

  it.each([
    ...['-0', '-0.0', '-0e7', '1e400', '-1e400', '1e-400', '-1e-400', '1.8e308', '2e-324'],
    ...[
      '9007199254740993',
      '-9007199254740993',
      '9007199254740993.0',
      '12345678901234567890',
      '36028797018963968',
    ],
    ...['1234567890123456768', '3.141592653589793238462643383279', '0.1000000000000000055511151231257827'],
    ...['9007199254740993e0', '900719925474099.3e1', '1.00000000000000000000001'],
  ])('that would come back as another is not: %s', (text) => {
    expect(isKeptNumber(text)).toBe(false);
  });

  it('is kept in the shortest form of any double', () => {
    fc.assert(fc.property(doubles, (value) => isKeptNumber(JSON.stringify(value))));
  });

  it('is kept in the form that C gives with %.17g, if it is a fraction', () => {
    const fractions = doubles.filter((value) => Math.abs(value) < Number.MAX_SAFE_INTEGER);
    fc.assert(fc.property(fractions, (value) => isKeptNumber(value.toPrecision(17))));
  });

  it('that is an integer is kept if, and only if, it comes back to the last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (value) => {
        const back = BigInt(toPlain(JSON.stringify(Number(value))));
        expect(isKeptNumber(String(value))).toBe(back === value);
      }),
    );
  });
});

/** `1.5e+22` without its exponent. */
function toPlain(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e\+?(\d+))?$/.exec(text) ?? [];
  return `${sign}${whole}${fraction.padEnd(Number(exponent), '0')}`;
}
