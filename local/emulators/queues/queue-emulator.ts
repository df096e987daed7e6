import type { Server } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { TemplateError, unusableData } from '../../errors.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';
import { type FifoQueue, giveSeveralOfAGroup } from './give-several-of-a-group.ts';

/** What we use of the emulator's own modules; its package exports only a start that listens on every interface. */
interface FauxqsModules {
  readonly SqsStore: new () => QueueStore;
  readonly SnsStore: new () => object;
  readonly S3Store: new () => object;
  readonly PersistenceManager: new (dataFolder: string) => Persistence;
  readonly buildApp: (options: object) => {
    readonly server: Server;
    addHook(name: 'preClose', hook: () => void): void;
    listen(options: { port: number; host: string }): Promise<string>;
    close(): Promise<void>;
  };
}

interface QueueStore {
  persistence?: Persistence;
  allQueues(): Iterable<Queue>;
  createQueue(...options: readonly unknown[]): Queue;
}

interface Queue extends FifoQueue {
  persistence?: Persistence;
  isFifo(): boolean;
}

interface Persistence {
  readonly db: DatabaseSync;
  load(sqs: QueueStore, sns: object, s3: object): void;
  updateMessageReady(messageId: string): void;
  close(): void;
}

export interface QueueEmulatorOptions {
  /** Where queues and messages are kept, each change before it is acknowledged; in memory unless given. */
  readonly dataFolder?: string;
  /** Told when a change could not be kept. What is in memory and on disk may then differ: the emulator is to be ended. */
  readonly onFailure?: (error: unknown) => void;
}

export interface QueueEmulator extends AsyncDisposable {
  readonly endpoint: string;
}

/**
 * Starts an emulated SQS (fauxqs) on 127.0.0.1. Messages that were in flight when an earlier one ended are visible at
 * once: whoever had received them ended with it.
 *
 * It drops a repeated deduplication id in the whole queue, whatever the queue's scope, so ids must be unique in the
 * queue.
 *
 * @throws DataFolderError for a folder that cannot be read.
 */
export async function startQueueEmulator(options: QueueEmulatorOptions): Promise<QueueEmulator> {
  const { SqsStore, SnsStore, S3Store, PersistenceManager, buildApp } = await loadModules();
  const sqsStore = faithful(new SqsStore());
  const snsStore = new SnsStore();
  const s3Store = new S3Store();
  const app = buildApp({ logger: false, stores: { sqsStore, snsStore, s3Store } });
  if (options.dataFolder !== undefined) {
    const persistence = usable(options.dataFolder, () => {
      const opened = repaired(new PersistenceManager(options.dataFolder ?? ''));
      opened.db.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
      // Loading first: a store that persists while it loads would delete what it reads.
      opened.load(sqsStore, snsStore, s3Store);
      return watched(opened, options.onFailure ?? (() => undefined));
    });
    sqsStore.persistence = persistence;
    for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
    app.addHook('preClose', () => persistence.close());
  }
  refuseBrowsers(app.server);
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    endpoint,
    [Symbol.asyncDispose]: () => app.close(),
  };
}

function faithful(store: QueueStore): QueueStore {
  const createQueue = store.createQueue.bind(store);
  store.createQueue = (...options) => {
    const queue = createQueue(...options);
    if (queue.isFifo()) giveSeveralOfAGroup(queue);
    return queue;
  };
  return store;
}

/**
 * fauxqs 2.4 loses a message that is made visible at once: it writes null where its own table forbids it, and throws
 * between taking the message out of one list and putting it into the other.
 */
function repaired(persistence: Persistence): Persistence {
  const makeReady = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    makeReady.run(messageId);
  };
  return persistence;
}

/** The same, telling of each change that could not be written. */
function watched(persistence: Persistence, onFailure: (error: unknown) => void): Persistence {
  return new Proxy(persistence, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        try {
          return member.apply(target, args) as unknown;
        } catch (error) {
          onFailure(error);
          throw error;
        }
      };
    },
  });
}

function usable<T>(folder: string, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw unusableData(folder, cause);
  }
}

async function loadModules(): Promise<FauxqsModules> {
  const entry = import.meta.resolve('fauxqs');
  const load = (file: string): Promise<object> => import(new URL(file, entry).href);
  try {
    const modules = await Promise.all(
      ['./app.js', './persistence.js', './sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js'].map(load),
    );
    return Object.assign({}, ...modules) as FauxqsModules;
  } catch (error) {
    throw new TemplateError(
      'The installed fauxqs has other modules than the embedded stack knows; run npm ci.',
      {
        cause: error,
      },
    );
  }
}
