import type { Store, Table } from 'dynalite/db/index.js';

/** A table's description. @throws TableError, a ResourceNotFoundException, for one that is not there, or not yet. */
export function tableOf(store: Store, name: string): Promise<Table> {
  return new Promise((resolve, reject) =>
    store.getTable(name, (error, table) => (table ? resolve(table) : reject(error))),
  );
}
