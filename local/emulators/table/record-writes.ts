import type { ItemChange, Part, Store } from 'dynalite/db/index.js';

/**
 * Has a store tell of each write to an item, once it has succeeded and while the item is still locked, so that the
 * writes of an item are told in their order. Transactions do not write so; they tell of their writes themselves.
 */
export function recordWrites(store: Store, add: (change: ItemChange) => void): void {
  let next: ItemChange | undefined;
  const getItemDb = store.getItemDb;
  // Between being told what comes next and the write itself, dynalite does nothing else.
  store.onItemChange = (change) => {
    next = change;
  };
  store.getItemDb = (table) => {
    const part = getItemDb(table);
    return { ...part, ...recording(part) };
  };

  function recording({ put, del }: Part): Pick<Part, 'put' | 'del'> {
    return {
      put: (key, value, written) => put(key, value, thenTell(written)),
      del: (key, written) => del(key, thenTell(written)),
    };
  }

  function thenTell(written: (error: Error | null) => void): typeof written {
    const change = next;
    next = undefined;
    return (error) => {
      if (!error && change) add(change);
      written(error);
    };
  }
}
