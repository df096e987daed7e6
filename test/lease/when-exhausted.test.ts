import { describe, expect, it } from 'vitest';
import { LeaseUnavailableError, whenExhausted } from '../../lib/lease/index.ts';

const busy = new LeaseUnavailableError('R', {
  holder: { owner: 'somebody', expiresAtMs: 9 },
  attempts: 3,
  waitedMs: 7,
  retryAfterMs: 50,
});

describe('work whose lease stayed busy', () => {
  it('is tried again by `retry-later`', () => {
    expect(whenExhausted(busy, 'retry-later')).toEqual({ action: 'retry-later' });
  });

  it.each(['dead-letter', 'skip'] as const)('ends by `%s`, with what it could not get', (mode) => {
    expect(whenExhausted(busy, mode)).toEqual({ action: mode, because: busy });
  });
});

describe('work that failed otherwise', () => {
  it.each(['retry-later', 'dead-letter', 'skip'] as const)('is no matter of `%s`', (mode) => {
    expect(whenExhausted(new Error('away'), mode)).toEqual({ action: 'retry-later' });
  });
});
