import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EarlierMemory, type Statement, viewOf } from '../../lib/memory/index.ts';
import { viewWith } from '../../lib/memory/view-of.ts';
import { said, statements } from './statements.ts';

const subject = { category: 'profile', key: 'home-city' } as const;
const person = (text: string, saidAtMs: number, others: Partial<Statement> = {}) =>
  said(text, { saidAtMs, by: { kind: 'person', id: `p-${saidAtMs}`, who: 'ann' }, ...others });
const textOf = (...all: Statement[]) => viewOf(subject, all)?.text;

describe('the view of statements', () => {
  it('is nothing without any', () => {
    expect(viewOf(subject, [])).toBeUndefined();
  });

  it('says what was said last, and when it was first and last spoken of', () => {
    const view = viewOf(subject, [
      said('Oslo', { archive: 2 }),
      said('Bergen', { archive: 9 }),
      said('Rome'),
    ]);
    expect(view).toMatchObject({ text: 'Bergen', firstSeenAtMs: 1, lastSeenAtMs: 9, saidAtMs: 9 });
    expect(view?.by).toMatchObject({ session: 'chat', archive: 9 });
  });

  it('has no text once it was taken back, until it is said again', () => {
    const oslo = said('Oslo', { archive: 1 });
    const back = said('Not any more.', { archive: 2, retracts: true });
    expect(viewOf(subject, [oslo, back])).not.toHaveProperty('text');
    expect(textOf(oslo, back, said('Rome', { archive: 3 }))).toBe('Rome');
    expect(textOf(said('Rome', { archive: 3 }), back, oslo)).toBe('Rome');
  });

  it('holds to what a person has entered, until somebody contradicts it openly later', () => {
    const entered = person('Rome', 5);
    const before = said('Oslo', { archive: 4, contradicts: true });
    const after = said('Bergen', { archive: 6 });
    expect(textOf(entered, before, after)).toBe('Rome');
    expect(textOf(entered, before, after, said('Paris', { archive: 7, contradicts: true }))).toBe('Paris');
    // From then on statements of models count as they always do.
    expect(
      textOf(entered, said('Paris', { archive: 7, contradicts: true }), said('Lyon', { archive: 8 })),
    ).toBe('Lyon');
    expect(textOf(entered, said('No more.', { archive: 7, retracts: true }))).toBeUndefined();
    expect(textOf(entered, said('Paris', { archive: 7, contradicts: true }), person('Nice', 9))).toBe('Nice');
  });

  it('counts what a person takes back as what a person says', () => {
    const back = person('', 5, { retracts: true });
    expect(textOf(said('Oslo'), back, said('Oslo', { archive: 6 }))).toBeUndefined();
    expect(textOf(said('Oslo'), back, said('Oslo', { archive: 6, contradicts: true }))).toBe('Oslo');
  });

  it('says again what was said last before it was taken back, once a person restores it', () => {
    const back = person('', 5, { retracts: true });
    const restored = person('', 8, { restores: true });
    const view = viewOf(subject, [said('Rome'), said('Oslo', { archive: 2 }), back, restored]);
    expect(view).toMatchObject({ text: 'Oslo', by: { kind: 'archive', archive: 2 }, hasPerson: true });
    expect(textOf(said('Oslo'), back, said('Bergen', { archive: 6 }), restored)).toBe('Bergen');
    expect(textOf(back, restored)).toBeUndefined();
    expect(textOf(said('Oslo'), back, restored, said('Rome', { archive: 9, contradicts: true }))).toBe(
      'Rome',
    );
  });

  it('counts what was known before there were statements by its time', () => {
    const earlier: EarlierMemory = {
      text: 'Rome',
      confidence: 1,
      firstSeenAtMs: 1,
      saidAtMs: 5,
      sessions: ['old'],
      history: [],
    };
    expect(viewOf(subject, [], earlier)).toMatchObject({ text: 'Rome', by: { kind: 'earlier' }, earlier });
    expect(viewOf(subject, [said('Oslo', { archive: 4 })], earlier)?.text).toBe('Rome');
    expect(viewOf(subject, [said('Oslo', { archive: 6 })], earlier)).toMatchObject({
      text: 'Oslo',
      firstSeenAtMs: 1,
    });
  });

  it('is the same in whichever order statements come, all at once or one by one', () => {
    fc.assert(
      fc.property(
        statements.chain((all) => {
          const ofOne = all.filter(({ key }) => key === 'drink');
          return fc.tuple(fc.constant(ofOne), fc.shuffledSubarray(ofOne, { minLength: ofOne.length }));
        }),
        ([all, shuffled]) => {
          const drink = { category: 'profile', key: 'drink' } as const;
          const expected = viewOf(drink, all);
          expect(viewOf(drink, shuffled)).toEqual(expected);
          let view: ReturnType<typeof viewOf>;
          for (const [index, statement] of shuffled.entries()) {
            view = viewWith(view, statement) ?? viewOf(drink, shuffled.slice(0, index + 1));
          }
          expect(view).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
