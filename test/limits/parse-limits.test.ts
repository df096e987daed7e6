import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits, InvalidLimitsError, limitDefinitions, parseLimits } from '../../lib/limits/index.ts';
import { limitValue } from './limit-value.ts';

function refusal(values: Readonly<Record<string, string>>): InvalidLimitsError {
  try {
    parseLimits(values);
  } catch (error) {
    if (error instanceof InvalidLimitsError) return error;
    throw error;
  }
  throw new Error('the limits were not refused');
}

/** Text that looks like a number to some reader or other. */
const nearlyNumbers = fc.constantFrom(
  ...[
    '0',
    '-0',
    '+5',
    '1e3',
    '0x10',
    '5.0',
    '1_000',
    ' 200',
    '200 ',
    '200\n',
    '０',
    '٣',
    'NaN',
    'Infinity',
    '007',
  ],
);
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.integer().map(String),
  fc.nat(2_000_000).map(String),
  nearlyNumbers,
  fc.constantFrom(...limitDefinitions.flatMap((one) => (one.kind === 'choice' ? one.choices : []))),
);

describe('parsing limits', () => {
  it('gives every limit that is not set its default', () => {
    expect(parseLimits({})).toEqual(defaultLimits);
  });

  it('changes what is set, and nothing else', () => {
    const limits = parseLimits({ 'lease.ttlMs': '45000', 'followUp.onSummaryTimeout': 'skip' });
    expect(limits).toEqual({
      ...defaultLimits,
      lease: { ...defaultLimits.lease, ttlMs: 45_000 },
      followUp: { ...defaultLimits.followUp, onSummaryTimeout: 'skip' },
    });
  });

  it('names a limit that does not exist, and those that do', () => {
    const { problems } = refusal({ 'lease.tll': '1000' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("there is no limit 'lease.tll'");
    for (const { name } of limitDefinitions) expect(problems[0]).toContain(name);
  });

  it.each(['__proto__', 'constructor', 'toString', '', '.', 'lease', 'lease.', 'lease.ttlMs.more'])(
    'takes no name that only looks known: %j',
    (name) => {
      const values = Object.fromEntries([[name, '1000']]);
      expect(refusal(values).problems[0]).toContain(`there is no limit '${name}'`);
    },
  );

  it('tells of everything that is wrong at once', () => {
    const error = refusal({ 'lease.ttlMs': 'soon', 'commit.deadlineMs': '0', 'no.such': '1' });
    expect(error.problems).toHaveLength(3);
    for (const name of ['lease.ttlMs', 'commit.deadlineMs', 'no.such']) expect(error.message).toContain(name);
    expect(error.retry).toEqual({ retryable: false });
  });

  it('takes any text for any limit either as the value that it spells, within its range, or not at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...limitDefinitions), texts, (definition, text) => {
        const { name } = definition;
        let value: unknown;
        try {
          value = limitValue(parseLimits({ [name]: text }), name);
        } catch (error) {
          if (!(error instanceof InvalidLimitsError)) throw error;
          expect(error.problems).toHaveLength(1);
          expect(error.problems[0]).toMatch(new RegExp(`^${name} must be `));
          return;
        }
        expect(String(value)).toBe(text);
        if (definition.kind === 'choice') expect(definition.choices).toContain(value);
        else {
          expect(value).toBeGreaterThanOrEqual(definition.min);
          expect(value).toBeLessThanOrEqual(definition.max);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
