import { type CommitlaneClient, commitlaneClient } from '../../lib/client/index.ts';
import { commitSession, requestCommit } from '../../lib/commit/index.ts';
import { followUpArchive } from '../../lib/follow-up/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { offlineModel } from '../../lib/model/index.ts';
import type { CommitMessage, FollowUpMessage } from '../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { instantClock } from '../client/instant-clock.ts';
import { commitWorld, recordingSender } from '../support/commit-world.ts';
import { crashAt, InjectedCrash } from '../support/failing-port.ts';
import { apiFetch } from './api-fetch.ts';

/** What happens around the requests of one process, which are counted from 1. */
export interface Plan {
  /** Awaited before a request is sent. */
  readonly before?: (request: number) => Promise<void>;
  /** Whether the answer to a request is lost, after it took effect. */
  readonly loses?: (request: number) => boolean;
  /** Of the client; 3 unless given. */
  readonly maxRetries?: number;
}

/** A process that uses an adapter. */
export interface Process {
  readonly client: CommitlaneClient;
  /** How many requests it has made. */
  readonly requests: number;
}

const TENANT = 'acme';
/** So that a few messages take several pages. */
const MAX_PAGE = 2;
const signal = new AbortController().signal;

/** The real API and real commits, over stores in this process. */
export async function adapterWorld() {
  const world = await commitWorld();
  const { store, context, clock, log } = world;
  const commits = recordingSender<CommitMessage>();
  const common = {
    store,
    memories: inProcessMemoryStore(store.sessions),
    lease: context.lease,
    limits: defaultLimits,
    owner: 'api',
  };
  const api = {
    ...common,
    clock,
    newId: log.newId,
    commits,
    followUps: recordingSender<FollowUpMessage>(),
    onEvent: () => undefined,
  };
  const serve = apiFetch(api, { tenant: TENANT, clock, maxPage: MAX_PAGE });

  async function request(session: string): Promise<CommitMessage | undefined> {
    const key = { tenant: TENANT, session };
    if (!(await store.readMeta(key))) return undefined;
    const { commitId } = await requestCommit({ store, commits, clock, newId: log.newId }, key, {});
    return [...commits.sent.values()].find((message) => message.commitId === commitId);
  }

  return {
    store,
    clock,

    process({ before, loses, maxRetries = 3 }: Plan = {}): Process {
      let requests = 0;
      const client = commitlaneClient({
        baseUrl: 'https://api.example.com',
        token: 'token',
        clock: instantClock(),
        maxRetries,
        async fetch(input, init) {
          requests += 1;
          const current = requests;
          await before?.(current);
          const answer = await serve(input, init);
          if (loses?.(current)) throw new TypeError('fetch failed');
          return answer;
        },
      });
      return {
        client,
        get requests() {
          return requests;
        },
      };
    },

    /** Commits all that a session holds, from the request to the end. */
    async commit(session: string): Promise<void> {
      const message = await request(session);
      if (message) await clock.runUntil(commitSession(context, message, signal));
    },

    /** Does what follows the commits that have ended: every archive has a summary then. */
    async followUp(): Promise<void> {
      const model = offlineModel();
      const worker = { ...common, model, fallback: model, onEvent: () => undefined };
      for (const message of world.followUps.sent.values()) {
        await clock.runUntil(followUpArchive(worker, message, signal));
      }
      world.followUps.sent.clear();
    },

    /**
     * Begins a commit of all that a session holds, by a worker that dies once the archive is sealed and nothing of it is
     * written.
     *
     * @returns what the next worker does: it takes the commit over, and finishes it.
     */
    async dyingCommit(session: string): Promise<() => Promise<void>> {
      const message = await request(session);
      if (!message) throw new Error(`session ${session} cannot be committed`);
      const seals = (await store.readMeta({ tenant: TENANT, session }))?.archiveCount ?? 0;
      for (let call = 1; ; call += 1) {
        const crash = crashAt(call, 'after');
        const dying = { ...context, store: crash.wrap(store) };
        await clock.runUntil(commitSession(dying, message, signal)).catch((error: unknown) => {
          if (!(error instanceof InjectedCrash)) throw error;
        });
        const meta = await store.readMeta({ tenant: TENANT, session });
        if ((meta?.archiveCount ?? 0) > seals) break;
      }
      return async () => {
        await clock.runUntil(commitSession(context, message, signal));
      };
    },
  };
}

export type AdapterWorld = Awaited<ReturnType<typeof adapterWorld>>;
