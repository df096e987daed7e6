import databases, { type Item, type Store, type Table } from 'dynalite/db/index.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import validations from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import updateItem from 'dynalite/validations/updateItem.js';
import type { TransactionOperation } from './read-transaction.ts';
import { tableOf } from './table-of.ts';

/** An operation that dynalite's actions take. */
export interface CheckedOperation {
  readonly kind: TransactionOperation['kind'];
  /** With what dynalite has parsed. */
  readonly request: object;
  readonly table: string;
  /** Undefined for a key that does not fit the table: the action says so. */
  readonly itemKey: string | undefined;
  readonly returnsItem: boolean;
}

const requests = { ConditionCheck: deleteItem, Put: putItem, Update: updateItem, Delete: deleteItem };

/**
 * Checks an operation as dynalite checks an ordinary write.
 *
 * @throws TableError: ResourceNotFoundException, ValidationException, SerializationException.
 */
export async function checkOperation(
  store: Store,
  { kind, request }: TransactionOperation,
): Promise<CheckedOperation> {
  const { types, custom } = requests[kind];
  const { ReturnValuesOnConditionCheckFailure: returned, TableName: table } = request;
  const key = 'Item' in request ? request.Item : request.Key;
  const checked = validations.checkTypes(structuredClone(request), types);
  validations.checkValidations(checked, types, custom, store);
  return {
    kind,
    request: checked,
    table,
    itemKey: itemKeyOf(key, await tableOf(store, table)),
    returnsItem: returned === 'ALL_OLD',
  };
}

/** An item may have attributes besides its key, a key may not: but that is for the action to refuse. */
function itemKeyOf(item: Item, table: Table): string | undefined {
  return databases.validateItem(item, table) ? undefined : databases.createKey(item, table);
}
