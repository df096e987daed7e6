import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { cancellationCodes, isRefusedForGood, retryOf } from '../../lib/aws-errors/index.ts';

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const named = (name: string) => Object.assign(new Error('no'), { name });
const afterASecond = { retryable: true, afterMs: 1_000 };

describe('a transaction that was cancelled', () => {
  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'because of %s is repeated after a second',
    (code) => {
      const error = cancelled('None', code);
      expect(isRefusedForGood(error)).toBe(false);
      expect(retryOf(error)).toEqual(afterASecond);
    },
  );

  it.each([
    [['ValidationError']],
    [['None', 'ItemCollectionSizeLimitExceeded']],
    [['TransactionConflict', 'ValidationError']],
  ])('because of %j is not worth repeating', (codes) => {
    expect(isRefusedForGood(cancelled(...codes))).toBe(true);
    expect(retryOf(cancelled(...codes))).toEqual({ retryable: false });
  });

  it('says why of each operation, and other errors say nothing', () => {
    expect(cancellationCodes(cancelled('None', 'TransactionConflict'))).toEqual([
      'None',
      'TransactionConflict',
    ]);
    expect(cancellationCodes(named('ValidationException'))).toEqual([]);
    expect(cancellationCodes(undefined)).toEqual([]);
  });
});

describe('what meets a transaction', () => {
  it.each(['TransactionConflictException', 'TransactionInProgressException'])(
    '%s is repeated after a second',
    (name) => {
      expect(retryOf(named(name))).toEqual(afterASecond);
    },
  );

  it('a token that another transaction has taken is not worth repeating', () => {
    expect(retryOf(named('IdempotentParameterMismatchException'))).toEqual({ retryable: false });
  });
});
