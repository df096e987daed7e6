import deleteItem from 'dynalite/actions/deleteItem.js';
import putItem from 'dynalite/actions/putItem.js';
import updateItem from 'dynalite/actions/updateItem.js';
import databases, {
  type Database,
  type Item,
  type ItemChange,
  type Part,
  type Store,
} from 'dynalite/db/index.js';
import type { CheckedOperation } from './check-operation.ts';

/** A write to the whole database. */
type Write =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** What one operation would do. */
export interface Staged {
  /** To the items and to their indexes, in dynalite's order. */
  readonly writes: readonly Write[];
  /** What they make of the item; undefined for a check. */
  readonly change: ItemChange | undefined;
  /** What an ordinary write of the kind is billed. */
  readonly units: number;
  /** Of the item that is written, or else of the one that is there. */
  readonly bytes: number;
}

/** What keeps an operation from being done, and the item that is there. */
export interface Refused {
  readonly error: Error;
  readonly found?: Item | undefined;
}

/** A check writes nothing: it is a delete of which nothing is kept. */
const actions = { ConditionCheck: deleteItem, Put: putItem, Update: updateItem, Delete: deleteItem };

/** Has dynalite carry an operation out on a store that takes note of what is written, and writes nothing. */
export function stageOperation(store: Store, operation: CheckedOperation): Promise<Staged | Refused> {
  const { kind, request } = operation;
  const noted = noteWrites(store);
  return new Promise((resolve) => {
    actions[kind](noted.store, { ...request, ReturnConsumedCapacity: 'TOTAL' }, (error, result) => {
      const { writes, found, change } = noted;
      if (error) return resolve({ error, found: found() });
      const item = change()?.after ?? found();
      return resolve({
        ...(kind === 'ConditionCheck' ? { writes: [], change: undefined } : { writes, change: change() }),
        units: result?.ConsumedCapacity?.CapacityUnits ?? 0,
        bytes: item ? databases.itemSize(item) : 0,
      });
    });
  });
}

function noteWrites(store: Store) {
  const writes: Write[] = [];
  let found: Item | undefined;
  let change: ItemChange | undefined;
  const noting = (part: Part) => ({
    put: (key: string, value: unknown, written: (error: null) => void) => {
      writes.push(inWhole(store.db, () => part.put(key, value, () => undefined)));
      written(null);
    },
    del: (key: string, written: (error: null) => void) => {
      writes.push(inWhole(store.db, () => part.del(key, () => undefined)));
      written(null);
    },
  });
  const staged = {
    ...store,
    onItemChange: (next: ItemChange) => {
      change = next;
    },
    getIndexDb: (type: string, table: string, index: string) => ({
      ...store.getIndexDb(type, table, index),
      ...noting(store.getIndexDb(type, table, index)),
    }),
    getItemDb(table: string): Part {
      const part = store.getItemDb(table);
      return {
        ...noting(part),
        get: (key, done) =>
          part.get(key, (error, item) => {
            found = item;
            done(error, item);
          }),
        // Whoever stages holds the items of the whole transaction already.
        lock: (_key, held) => held((done) => done),
      };
    },
  };
  return { store: staged, writes, found: () => found, change: () => change };
}

/** What a write to a part of the database, made at once, is to the whole: dynalite keeps the names of its parts to itself. */
function inWhole(database: Database, write: () => void): Write {
  const { put, del } = database;
  let whole: Write | undefined;
  database.put = (key, value) => {
    whole = { type: 'put', key, value };
  };
  database.del = (key) => {
    whole = { type: 'del', key };
  };
  try {
    write();
  } finally {
    Object.assign(database, { put, del });
  }
  if (!whole) throw new Error('The installed dynalite writes otherwise; run npm ci.');
  return whole;
}
