import { wrapPort } from '../../../lib/port/index.ts';
import { unusableData } from '../../errors.ts';
import { refuseBrowsers } from '../refuse-browsers.ts';
import { fauxqsInternals, type Persistence, type QueueStore } from './fauxqs-internals.ts';
import { giveSeveralOfAGroup } from './give-several-of-a-group.ts';

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
  // Loaded here: it takes a while, and not everybody who loads this starts one.
  const { buildApp } = await import('fauxqs');
  const { makeStores, openPersistence } = await fauxqsInternals();
  const stores = makeStores();
  const { sqsStore, snsStore, s3Store } = stores;
  giveGroups(sqsStore);
  const app = buildApp({ logger: false, stores });
  if (options.dataFolder !== undefined) {
    const persistence = usable(options.dataFolder, () => {
      const opened = openPersistence(options.dataFolder ?? '');
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

function giveGroups(store: QueueStore): void {
  const createQueue = store.createQueue.bind(store);
  store.createQueue = (...options) => {
    const queue = createQueue(...options);
    if (queue.isFifo()) giveSeveralOfAGroup(queue);
    return queue;
  };
}

/** The same persistence, telling of each change that could not be written. */
function watched(persistence: Persistence, onFailure: (error: unknown) => void): Persistence {
  return wrapPort(persistence, (go) => {
    try {
      return go();
    } catch (error) {
      onFailure(error);
      throw error;
    }
  });
}

function usable<T>(folder: string, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    throw unusableData(folder, cause);
  }
}
