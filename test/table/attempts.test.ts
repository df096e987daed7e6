import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { attempts } from '../../lib/table/index.ts';
import { testTable } from '../support/test-table.ts';

class Failed extends Error {}

const { attempt, attemptIf, attemptTransaction } = attempts(
  (operation, cause) => new Failed(operation, { cause }),
);

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('an attempt at a transaction', () => {
  it('of the table tells which conditions did not hold, and that it is done when all held', async () => {
    await using table = await testTable();
    const { client, tableName: TableName } = table;
    const condition = (sk: string, ConditionExpression: string) => ({
      ConditionCheck: { TableName, Key: { pk: 'p', sk }, ConditionExpression },
    });
    const put = (sk: string) => ({ Put: { TableName, Item: { pk: 'p', sk } } });
    const run = (...TransactItems: (ReturnType<typeof condition> | ReturnType<typeof put>)[]) =>
      attemptTransaction('run', () => client.send(new TransactWriteCommand({ TransactItems })));
    expect(await run(put('a'), condition('b', 'attribute_not_exists(pk)'))).toEqual({ done: true });
    expect(
      await run(condition('a', 'attribute_not_exists(pk)'), put('c'), condition('b', 'attribute_exists(pk)')),
    ).toEqual({ done: false, failed: [0, 2] });
  });

  it('counts as one whose condition did not hold even if it met another transaction', async () => {
    const both = () => Promise.reject(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    expect(await attemptTransaction('merge', both)).toEqual({ done: false, failed: [1] });
    expect(await attemptIf('merge', both)).toBeUndefined();
    await expect(attempt('merge', both)).rejects.toBeInstanceOf(TransactionCanceledException);
  });

  it('that met another transaction only is told from one whose condition did not hold', async () => {
    const conflict = () => Promise.reject(cancelled('None', 'TransactionConflict'));
    expect(await attemptTransaction('merge', conflict)).toEqual({ done: false, failed: [] });
    const throttled = () => Promise.reject(cancelled('None', 'ThrottlingError'));
    await expect(attemptTransaction('merge', throttled)).rejects.toThrow(new Failed('merge'));
    await expect(attemptIf('merge', conflict)).rejects.toThrow(new Failed('merge'));
    await expect(attempt('merge', conflict)).rejects.toThrow(new Failed('merge'));
  });

  it('throws the failed condition of a single write as it is', async () => {
    const error = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    await expect(attemptTransaction('put', () => Promise.reject(error))).rejects.toBe(error);
  });
});
