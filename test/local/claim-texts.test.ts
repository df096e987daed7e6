import { expect, it } from 'vitest';
import { claimTexts } from '../../local/http/claim-texts.ts';

it.each([
  ['text', 'acme', 'acme'],
  ['a whole number', 1_764_075_600, '1764075600'],
  ['a fraction', 0.5, '0.5'],
  ['a truth value', false, 'false'],
  ['a list', ['a', 'b'], '[a b]'],
  ['an empty list', [], '[]'],
  ['a list of other things', [1, true, null, ['x', 'y']], '[1 true <nil> [x y]]'],
  ['an object', { b: 1, a: ['x'] }, 'map[a:[x] b:1]'],
  ['an empty text', '', ''],
])('a claim that is %s arrives as text', (_what, claim, text) => {
  expect(claimTexts({ claim })).toEqual({ claim: text });
});

it('a claim that is null does not arrive', () => {
  expect(claimTexts({ tenant: null, sub: 'ann', nothing: undefined })).toEqual({ sub: 'ann' });
});
