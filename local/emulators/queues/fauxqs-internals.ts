import { readFile } from 'node:fs/promises';
import type { BuildAppOptions } from 'fauxqs';
import { TemplateError } from '../../errors.ts';

type Stores = NonNullable<BuildAppOptions['stores']>;
export type QueueStore = Stores['sqsStore'];
export type FauxqsQueue = ReturnType<QueueStore['createQueue']>;
export type Persistence = NonNullable<QueueStore['persistence']>;

/** The version that what is said here was read in, and tried with. */
export const CHECKED_VERSION = '2.4.1';

/**
 * Everything that we take from fauxqs past its door.
 *
 * Its door, up to the newest version (2.4.1), is `startFauxqs`, which listens on every network interface and gives no way
 * to its queues, and `buildApp`, which takes the stores of its services but does not export them. We need the stores: to
 * listen on 127.0.0.1 alone, to keep messages on disk, to say when that fails, and to give several messages of a group
 * (`give-several-of-a-group.ts`).
 */
export interface FauxqsInternals {
  makeStores(): Stores;
  /**
   * Opens, or makes, the database in a folder; nothing is loaded yet. No message in it is in flight any more.
   *
   * @throws what SQLite does
   */
  openPersistence(dataFolder: string): Persistence;
}

interface Modules {
  readonly SqsStore: new () => QueueStore;
  readonly SqsQueue: new (name: string, url: string, arn: string) => FauxqsQueue;
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (dataFolder: string) => Persistence;
}

/**
 * fauxqs itself loses a message that is made visible at once: it writes null where its own table forbids it, and throws
 * between taking the message out of one list and putting it into the other.
 */
const MAKE_READY = 'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL';

const files = ['./persistence.js', './sqs/sqsStore.js', './sns/snsStore.js', './s3/s3Store.js'] as const;

/**
 * @param entry the address of the package's main module; the installed one unless given.
 * @throws TemplateError naming what the installed version has not, and the version.
 */
export async function fauxqsInternals(entry = import.meta.resolve('fauxqs')): Promise<FauxqsInternals> {
  const modules: Partial<Modules> = {};
  for (const file of files) {
    try {
      Object.assign(modules, await import(new URL(file, entry).href));
    } catch (cause) {
      throw await moved(entry, file, cause);
    }
  }
  const absent = absentMembers(modules);
  if (absent.length > 0) throw await moved(entry, absent.join(', '));
  const { SqsStore, SnsStore, S3Store, PersistenceManager } = modules as Modules;
  return {
    makeStores: () => ({ sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() }),
    openPersistence(dataFolder) {
      const persistence = new PersistenceManager(dataFolder);
      // Private in its types, hence the brackets.
      const database = persistence['db'];
      database.exec(MAKE_READY);
      const makeReady = database.prepare(`${MAKE_READY} WHERE message_id = ?`);
      persistence.updateMessageReady = (messageId) => {
        makeReady.run(messageId);
      };
      return persistence;
    },
  };
}

/** What is used, here and by those that are given it, and is not there. */
function absentMembers({
  SqsStore,
  SqsQueue,
  SnsStore,
  S3Store,
  PersistenceManager,
}: Partial<Modules>): string[] {
  const methods: readonly (readonly [
    string,
    { readonly prototype: object } | undefined,
    readonly string[],
  ])[] = [
    ['SqsStore', SqsStore, ['createQueue', 'allQueues']],
    ['SqsQueue', SqsQueue, ['isFifo', 'enqueue', 'dequeue', 'changeVisibility', 'processTimers']],
    ['SnsStore', SnsStore, []],
    ['S3Store', S3Store, []],
    ['PersistenceManager', PersistenceManager, ['load', 'updateMessageReady', 'close']],
  ];
  const absent = methods.flatMap(([name, made, members]) =>
    made
      ? members.filter((member) => !(member in made.prototype)).map((member) => `${name}.${member}`)
      : [name],
  );
  if (absent.length > 0 || !SqsQueue) return absent;
  const queue = new SqsQueue('a.fifo', '', '');
  const maps = ['inflightMessages', 'fifoMessages', 'fifoLockedGroups'] as const;
  return maps.filter((name) => !(queue[name] instanceof Map)).map((name) => `SqsQueue.${name}`);
}

async function moved(entry: string, missing: string, cause?: unknown): Promise<TemplateError> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', entry), 'utf8')) as {
    version: string;
  };
  return new TemplateError(
    `The installed fauxqs ${version} lacks ${missing}, which the embedded stack uses of ${CHECKED_VERSION}; run npm ci.`,
    { cause },
  );
}
