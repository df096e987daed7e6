import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../lib/store/index.ts';
import { explainError } from '../../operator/errors/index.ts';

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

describe('an error', () => {
  it.each([
    ['CredentialsProviderError', /no AWS credentials: sign in .*--local/],
    ['ExpiredTokenException', /have expired/],
    ['AccessDeniedException', /may not do that/],
  ])('%s comes with what to do', (name, message) => {
    const cause = Object.assign(new Error('no'), { name });
    expect(explainError(new StoreUnavailableError('readMeta', cause)).message).toMatch(message);
  });

  it('of a stack that has ended says so', () => {
    const cause = new AggregateError([Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })]);
    expect(explainError(cause).message).toMatch(/if this is the local stack, it has ended/);
  });

  it('cannot move the cursor of a terminal', () => {
    expect(explainError(new Error('a\u001b[2Jb')).message).toBe('Error: ab');
  });
});
