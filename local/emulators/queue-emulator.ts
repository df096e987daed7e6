import type { Server } from 'node:http';
import { TemplateError } from '../errors.ts';

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
  allQueues(): Iterable<{ name: string; persistence?: Persistence }>;
  inspectQueue(name: string): { messages: { inflight: { receiptHandle: string }[] } } | undefined;
}

interface Persistence {
  load(sqs: QueueStore, sns: object, s3: object): void;
  close(): void;
}

export interface QueueEmulator extends AsyncDisposable {
  readonly endpoint: string;
  /** The receipt handles of messages that some consumer has received and not yet acknowledged. */
  inFlight(queueName: string): string[];
}

/**
 * Starts an emulated SQS (fauxqs) on 127.0.0.1.
 *
 * @param options.dataFolder where queues and messages are kept, each change before it is acknowledged; in memory
 * unless given.
 */
export async function startQueueEmulator(options: { readonly dataFolder?: string }): Promise<QueueEmulator> {
  const { SqsStore, SnsStore, S3Store, PersistenceManager, buildApp } = await loadModules();
  const sqsStore = new SqsStore();
  const snsStore = new SnsStore();
  const s3Store = new S3Store();
  const app = buildApp({ logger: false, stores: { sqsStore, snsStore, s3Store } });
  if (options.dataFolder !== undefined) {
    const persistence = new PersistenceManager(options.dataFolder);
    // Loading first: a store that persists while it loads would delete what it reads.
    persistence.load(sqsStore, snsStore, s3Store);
    sqsStore.persistence = persistence;
    for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
    app.addHook('preClose', () => persistence.close());
  }
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    endpoint,
    inFlight: (queueName) =>
      sqsStore.inspectQueue(queueName)?.messages.inflight.map(({ receiptHandle }) => receiptHandle) ?? [],
    [Symbol.asyncDispose]: () => app.close(),
  };
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
