declare module 'dynalite' {
  import type { Server } from 'node:http';

  export default function dynalite(options?: {
    /** A folder; in memory unless given. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}

declare module 'dynalite/db/index.js' {
  type Written = (error: Error | null) => void;
  type Done<T> = (error: Error | null, result?: T) => void;

  /** As on the wire: each value with its type. */
  export type Item = Readonly<Record<string, object>>;

  /** What dynalite writes with; keys name the part of it that an item is in, too. */
  export interface Database {
    open(): Promise<void>;
    put(key: string, value: unknown, written: Written): void;
    del(key: string, written: Written): void;
    /** All or nothing, even when the process is killed. */
    batch(operations: readonly object[], written: Written): void;
  }

  /** The items of a table, or of an index of one. */
  export interface Part {
    get(key: string, done: Done<Item>): void;
    put(key: string, value: unknown, written: Written): void;
    del(key: string, written: Written): void;
    /** Calls back once nobody else holds one of the keys, each of which may be given once. */
    lock(keys: string | readonly string[], held: (release: Release) => void): void;
  }

  export interface IndexPart extends Part {
    /** In the order of their keys. */
    createValueStream(range: { readonly gte: string; readonly lt: string }): AsyncIterable<Item>;
  }

  /** Makes a function that lets go of the keys, and then calls the given one. */
  type Release = <F extends (...args: never[]) => void>(done: F) => F;

  /** A table's description. */
  export type Table = Readonly<Record<string, unknown>>;

  /** What a write makes of an item; undefined for none. */
  export interface ItemChange {
    readonly table: Table;
    readonly before: Item | undefined;
    readonly after: Item | undefined;
  }

  export interface Store {
    readonly db: Database;
    /** The descriptions of the tables, by name. */
    readonly tableDb: Omit<Part, 'get'> & { get(name: string, done: Done<Table>): void };
    getTable(name: string, done: Done<Table>): void;
    getItemDb(table: string): Part;
    /** Ours (`hook-writes.ts`): told, while the item is locked, of a write that comes next. */
    onItemChange?(change: ItemChange): void;
    getIndexDb(type: string, table: string, index: string): IndexPart;
  }

  const database: {
    create(options: object): Store;
    createKey(item: Item, table: Table): string;
    /** How the keys of an index begin, for a partition: the hash, and the value itself. */
    hashPrefix(value: string, type: string): string;
    toRangeStr(value: string, type: string): string;
    /** Bytes, as the limits count them. */
    itemSize(item: Item): number;
    /** What is wrong; also undefined for no key at all. */
    validateKey(key: Item, table: Table): Error | null | undefined;
    validateItem(item: Item, table: Table): Error | null | undefined;
    /** Before an item is written, with what was there and what is to be; undefined for none. */
    updateIndexes(
      store: Store,
      table: Table,
      before: Item | undefined,
      item: Item | undefined,
      done: (error?: Error | null) => void,
    ): void;
  };
  export default database;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  const validations: {
    /** The fields that the types name. @throws an answer. */
    checkTypes(data: object, types: object): Record<string, unknown>;
    /** Also parses expressions, and puts what it has parsed into the data. @throws an answer. */
    checkValidations(data: object, types: object, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: { readonly types: object; readonly custom: unknown };
  export default validation;
}

declare module 'dynalite/actions/*' {
  import type { Store, Table } from 'dynalite/db/index.js';

  const action: (
    store: Store,
    data: object,
    done: (
      error: Error | null,
      result?: {
        readonly ConsumedCapacity?: { readonly CapacityUnits: number };
        readonly Table?: Table;
        readonly TableDescription?: Table;
      },
    ) => void,
  ) => void;
  export default action;
}
