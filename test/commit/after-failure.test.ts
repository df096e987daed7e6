import { describe, expect, it } from 'vitest';
import { afterFailure } from '../../lib/commit/after-failure.ts';
import { ProtocolViolationError } from '../../lib/commit/errors.ts';
import { LeaseUnavailableError } from '../../lib/lease/index.ts';
import type { Limits } from '../../lib/limits/index.ts';
import { DeadLetterError } from '../../lib/queue/index.ts';
import { SessionNotFoundError, StoreUnavailableError } from '../../lib/store/index.ts';
import { key } from '../support/commit-world.ts';

const maxReceiveCount = 3;
const busy = new LeaseUnavailableError('R', {
  holder: undefined,
  attempts: 1,
  waitedMs: 0,
  retryAfterMs: 50,
});
const throttled = new StoreUnavailableError('claim', new Error('throttled'));

function decide(
  error: unknown,
  onExhausted: Limits['lease']['onExhausted'] = 'retry-later',
  { receiveCount = 1, replay = undefined as string | undefined } = {},
) {
  const delivery = {
    messageId: 'm',
    receiptHandle: 'h',
    group: 'g',
    body: '',
    receiveCount,
    ...(replay !== undefined && { replay }),
  };
  return afterFailure(error, { onExhausted, delivery, maxReceiveCount });
}
const last = { receiveCount: maxReceiveCount };

describe('a commit whose session lease stayed busy', () => {
  it('is given back by `retry-later`, and given up at its last delivery', () => {
    expect(decide(busy, 'retry-later')).toEqual({ action: 'give-back', error: busy });
    expect(decide(busy, 'retry-later', last)).toEqual({
      action: 'give-up',
      transition: 'give-up',
      error: busy,
    });
  });

  it('is given up at once by `dead-letter`, with the code of what failed', () => {
    const decision = decide(busy, 'dead-letter');
    expect(decision).toMatchObject({ action: 'give-up', error: { code: 'lease-unavailable', cause: busy } });
    expect(decision.action === 'give-up' && decision.error).toBeInstanceOf(DeadLetterError);
  });

  it('is skipped by `skip`, or else tried again', () => {
    const orElse = { action: 'give-back', error: busy };
    expect(decide(busy, 'skip')).toEqual({ action: 'skip', because: busy, orElse });
    expect(decide(busy, 'skip', last)).toMatchObject({ action: 'skip', orElse: { action: 'give-up' } });
  });
});

describe('a commit that failed otherwise', () => {
  it.each(['retry-later', 'dead-letter', 'skip'] as const)(
    'is given back under `%s` while another delivery may succeed',
    (mode) => {
      expect(decide(throttled, mode)).toEqual({ action: 'give-back', error: throttled });
      expect(decide(throttled, mode, last)).toMatchObject({ action: 'give-up', error: throttled });
    },
  );

  it('is given up at once when no repetition can help', () => {
    const error = new ProtocolViolationError(key, 'The range does not add up');
    expect(decide(error)).toEqual({ action: 'give-up', transition: 'give-up', error });
  });

  it('is given up once more when its message was replayed', () => {
    const replayed = { ...last, replay: 'replayed by ann' };
    expect(decide(throttled, 'retry-later', replayed)).toMatchObject({ transition: 'give-up-again' });
  });

  it('ends when its session is gone', () => {
    const gone = { action: 'end', as: 'session-gone' };
    expect(decide(new SessionNotFoundError(key), 'skip', last)).toEqual(gone);
  });
});
