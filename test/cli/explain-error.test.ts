import { expect, it } from 'vitest';
import { explainError } from '../../cli/explain-error.ts';

it.each([
  ['no region', new Error('Region is missing'), /^There is no AWS region: give --region/],
  [
    'no region, further in',
    new Error('the look failed', { cause: new Error('Region is missing') }),
    /^There is no AWS region: give --region/,
  ],
  [
    'no server',
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    /^The service does not answer/,
  ],
  ['something else', new Error('Regions are missing'), /^Error: Regions are missing$/],
])('an operator hears what to do about %s', (_what, error, message) => {
  expect(explainError(error).message).toMatch(message);
});
