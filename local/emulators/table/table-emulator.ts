import type { Server } from 'node:http';
import dynalite from 'dynalite';
import databases, { type Database } from 'dynalite/db/index.js';
import { unusableData } from '../../errors.ts';
import { listenOnLoopback } from '../../loopback/index.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';

export interface TableEmulator extends AsyncDisposable {
  readonly endpoint: string;
}

export interface TableEmulatorOptions {
  /** Where tables are kept, each change before it is acknowledged; in memory unless given. */
  readonly dataFolder?: string;
  /** Told when a change could not be kept; its request stays without an answer. The emulator is to be ended. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * Starts an emulated DynamoDB (dynalite) on 127.0.0.1. It does not remove expired items.
 *
 * @throws DataFolderError for a folder that cannot be used.
 */
export async function startTableEmulator(options: TableEmulatorOptions): Promise<TableEmulator> {
  const { dataFolder, onFailure = () => undefined } = options;
  const { server, database } = makeServer(dataFolder);
  try {
    await database.open();
  } catch (cause) {
    throw unusableData(dataFolder ?? 'the table in memory', cause);
  }
  reportFailures(database, onFailure);
  refuseBrowsers(server);
  const listening = await listenOnLoopback(server);
  return { ...listening, endpoint: listening.url };
}

/** dynalite keeps its database to itself, but for the moment in which it makes it. */
function makeServer(dataFolder: string | undefined): { server: Server; database: Database } {
  const { create } = databases;
  let database: Database | undefined;
  databases.create = (options) => {
    const store = create(options);
    database = store.db;
    return store;
  };
  try {
    const server = dynalite({
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
      ...(dataFolder !== undefined && { path: dataFolder }),
    });
    if (!database) throw new Error('The installed dynalite makes its database otherwise; run npm ci.');
    return { server, database };
  } finally {
    databases.create = create;
  }
}

/** dynalite itself throws such errors where nobody catches them. */
function reportFailures(database: Database, onFailure: (error: unknown) => void): void {
  const { put, del, batch } = database;
  const unlessFailed = (written: (error: Error | null) => void) => (error: Error | null) =>
    error ? onFailure(error) : written(error);
  database.put = (key, value, written) => put(key, value, unlessFailed(written));
  database.del = (key, written) => del(key, unlessFailed(written));
  database.batch = (operations, written) => batch(operations, unlessFailed(written));
}
