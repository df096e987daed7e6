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

  /** What dynalite writes with. */
  export interface Database {
    open(): Promise<void>;
    put(key: string, value: unknown, written: Written): void;
    del(key: string, written: Written): void;
    batch(operations: readonly object[], written: Written): void;
  }

  const database: { create(options: object): { readonly db: Database } };
  export default database;
}
