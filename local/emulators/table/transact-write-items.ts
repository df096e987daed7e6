import type { ItemChange, Store } from 'dynalite/db/index.js';
import { type CheckedOperation, checkOperation } from './check-operation.ts';
import { holdItems } from './hold-items.ts';
import type { Transaction } from './read-transaction.ts';
import { type Refused, type Staged, stageOperation } from './stage-operation.ts';
import { isTableError, tableError } from './table-error.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MAX_BYTES = 4 * 1024 * 1024;
/** One to prepare and one to commit, of what an ordinary write is billed. */
const TRANSACTION_FACTOR = 2;

/**
 * Does all that a transaction asks for, or nothing. Ordinary writes of its items wait; dynalite itself evaluates the
 * conditions and the updates. What is to be written goes to the database in one batch, which is whole even when the
 * process is killed.
 *
 * @param onWritten told of each item's write, in the order of the operations, before another write of it begins.
 * @returns the answer's body.
 * @throws TableError: TransactionCanceledException, ResourceNotFoundException, ValidationException.
 */
export async function transactWriteItems(
  store: Store,
  transaction: Transaction,
  onWritten: (change: ItemChange) => void,
): Promise<object> {
  const operations = await Promise.all(transaction.TransactItems.map((one) => checkOperation(store, one)));
  refuseRepeatedItems(operations);
  using _held = await holdItems(store, operations);
  const outcomes = await Promise.all(operations.map((one) => stageOperation(store, one)));
  const staged = outcomes.filter(isStaged);
  if (staged.length < outcomes.length) throw cancelled(operations, outcomes);
  refuseTooLarge(staged);
  await write(store, staged);
  for (const { change } of staged) if (change) onWritten(change);
  return consumedCapacity(transaction, operations, staged);
}

const isStaged = (outcome: Staged | Refused): outcome is Staged => 'writes' in outcome;

function refuseRepeatedItems(operations: readonly CheckedOperation[]): void {
  const known = new Set<string>();
  for (const { table, itemKey } of operations) {
    if (itemKey === undefined) continue;
    const item = JSON.stringify([table, itemKey]);
    if (known.has(item)) {
      const message = 'Transaction request cannot include multiple operations on one item';
      throw tableError('ValidationException', message);
    }
    known.add(item);
  }
}

function refuseTooLarge(staged: readonly Staged[]): void {
  const total = staged.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= MAX_BYTES) return;
  const message = `The items of a transaction may have ${MAX_BYTES} bytes together, not ${total}`;
  throw tableError('ValidationException', message);
}

function write({ db }: Store, staged: readonly Staged[]): Promise<void> {
  const writes = staged.flatMap((one) => one.writes);
  return new Promise((resolve, reject) => db.batch(writes, (error) => (error ? reject(error) : resolve())));
}

/** @throws an error of the database itself: that is no reason of the caller's. */
function cancelled(operations: readonly CheckedOperation[], outcomes: readonly (Staged | Refused)[]) {
  const reasons = outcomes.map((outcome, index) => {
    if (isStaged(outcome)) return { Code: 'None' };
    const { error, found } = outcome;
    if (!isTableError(error)) throw error;
    if (!error.body.__type.endsWith('#ConditionalCheckFailedException')) {
      return { Code: 'ValidationError', Message: error.message };
    }
    const Item = operations[index]?.returnsItem ? found : undefined;
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...(Item && { Item }) };
  });
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return tableError('TransactionCanceledException', message, { CancellationReasons: reasons });
}

function consumedCapacity(
  { ReturnConsumedCapacity: wanted }: Transaction,
  operations: readonly CheckedOperation[],
  staged: readonly Staged[],
): object {
  if (wanted === 'NONE') return {};
  const tables = new Map<string, number>();
  for (const [index, { table }] of operations.entries()) {
    const units = TRANSACTION_FACTOR * (staged[index]?.units ?? 0);
    tables.set(table, (tables.get(table) ?? 0) + units);
  }
  const ConsumedCapacity = [...tables].map(([TableName, CapacityUnits]) => ({
    TableName,
    CapacityUnits,
    WriteCapacityUnits: CapacityUnits,
    ...(wanted === 'INDEXES' && { Table: { CapacityUnits, WriteCapacityUnits: CapacityUnits } }),
  }));
  return { ConsumedCapacity };
}
