import type { Server } from 'node:http';
import dynalite from 'dynalite';
import databases, { type Database, type Store } from 'dynalite/db/index.js';
import { type Clock, systemClock } from '../../../lib/clock/index.ts';
import { unusableData } from '../../errors.ts';
import { listenOnLoopback } from '../../loopback/index.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';
import { answerOperations } from './answer-operations.ts';
import { createTable, describeTable } from './describe-table.ts';
import { hookWrites } from './hook-writes.ts';
import { readTransaction } from './read-transaction.ts';
import { recordWrites } from './record-writes.ts';
import { requestTokens } from './request-tokens.ts';
import { searchVectors } from './search-vectors.ts';
import { type TableStreams, tableStreams } from './table-streams.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateTable } from './update-table.ts';

export interface TableEmulator extends AsyncDisposable {
  readonly endpoint: string;
  readonly streams: TableStreams;
}

export interface TableEmulatorOptions {
  /** Where tables are kept, each change before it is acknowledged; in memory unless given. */
  readonly dataFolder?: string;
  /** Told when a change could not be kept; its request stays without an answer. The emulator is to be ended. */
  readonly onFailure?: (error: unknown) => void;
  /** By which tokens of requests are forgotten, and records of streams are dated; the system's unless given. */
  readonly clock?: Pick<Clock, 'now'>;
}

/**
 * Starts an emulated DynamoDB (dynalite, with transactions, vector indexes and streams that are our own) on 127.0.0.1. It
 * does not remove expired items.
 *
 * @throws DataFolderError for a folder that cannot be used.
 */
export async function startTableEmulator(options: TableEmulatorOptions): Promise<TableEmulator> {
  const { dataFolder, onFailure = () => undefined, clock = systemClock } = options;
  const { server, store } = makeServer(dataFolder);
  try {
    await store.db.open();
  } catch (cause) {
    throw unusableData(dataFolder ?? 'the table in memory', cause);
  }
  reportFailures(store.db, onFailure);
  const tokens = requestTokens(clock);
  const { add, ...streams } = tableStreams(clock);
  hookWrites();
  recordWrites(store, add);
  answerOperations(server, {
    TransactWriteItems: async (body) => {
      const transaction = readTransaction(body);
      return tokens.once(transaction, () => transactWriteItems(store, transaction, add));
    },
    CreateTable: (body) => createTable(store, body, clock),
    UpdateTable: (body) => updateTable(store, body, clock),
    DescribeTable: (body) => describeTable(store, body),
    SearchVectors: (body) => searchVectors(store, body),
  });
  refuseBrowsers(server);
  const listening = await listenOnLoopback(server);
  return { ...listening, endpoint: listening.url, streams };
}

/** dynalite keeps its database to itself, but for the moment in which it makes it. */
function makeServer(dataFolder: string | undefined): { server: Server; store: Store } {
  const { create } = databases;
  let store: Store | undefined;
  databases.create = (options) => {
    store = create(options);
    return store;
  };
  try {
    const server = dynalite({
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
      ...(dataFolder !== undefined && { path: dataFolder }),
    });
    if (!store) throw new Error('The installed dynalite makes its database otherwise; run npm ci.');
    return { server, store };
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
