import type { Store } from 'dynalite/db/index.js';

/** Of which table which items. */
interface ItemOf {
  readonly table: string;
  readonly itemKey: string | undefined;
}

/**
 * Waits until no write of one of the items is under way, and lets none begin before it is disposed of. Tables are gone
 * through by name, and the items of one are asked for at once, so that no two wait for each other.
 */
export async function holdItems(store: Store, items: readonly ItemOf[]): Promise<Disposable> {
  const held = new DisposableStack();
  for (const [table, keys] of [...keysByTable(items)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    held.defer(await lock(store, table, keys));
  }
  return held;
}

function keysByTable(items: readonly ItemOf[]): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const { table, itemKey } of items) {
    if (itemKey !== undefined) tables.set(table, [...(tables.get(table) ?? []), itemKey]);
  }
  return tables;
}

function lock(store: Store, table: string, keys: readonly string[]): Promise<() => void> {
  return new Promise((resolve) =>
    store.getItemDb(table).lock(keys, (release) => resolve(release(() => undefined))),
  );
}
