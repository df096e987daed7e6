import { type ApiRequest, handleRequest, problemOf, routes } from '../../../lib/api/index.ts';
import { commitSession } from '../../../lib/commit/index.ts';
import { type FollowUpContext, followUpArchive } from '../../../lib/follow-up/index.ts';
import { defaultLimits } from '../../../lib/limits/index.ts';
import type { Model } from '../../../lib/model/index.ts';
import type { CommitMessage, FollowUpMessage } from '../../../lib/queue/index.ts';
import { inProcessMemoryStore } from '../../../lib/store/index.ts';
import { commitWorld, key, recordingSender } from '../../support/commit-world.ts';
import type { CallerOperation } from './open-api-checks.ts';

export interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is. */
  readonly body?: unknown;
}

const signal = new AbortController().signal;
const path = {
  ...{ sessionId: key.session, messageId: 'm1', commitId: 'none', archive: '1' },
  ...{ scope: 'ann', category: 'profile', key: 'city' },
};

/** The API with the workers behind its queues, in this process; the session `chat` of the scope `ann`. */
export async function apiWorld() {
  const world = await commitWorld();
  const { store, context, clock, log } = world;
  await store.updateSettings(key, { memoryCategories: null });
  const memories = inProcessMemoryStore(store.sessions);
  const followUps = recordingSender<FollowUpMessage>();
  const commits = recordingSender<CommitMessage>();
  const said = { category: 'profile', key: 'city', text: 'Ann lives in Oslo.', confidence: 0.9 };
  const model: Model = {
    name: 'test:model',
    summarise: async () => ({ value: 'They talked.', redacted: 1 }),
    extract: async ({ messages }) => ({
      value: { memories: messages.map(({ id }) => ({ ...said, messageId: id })), rejected: [] },
      ...{ promptVersion: 'p.v2', extractionVersion: 'own.1' },
    }),
  };
  const common = { store, memories, lease: context.lease, limits: defaultLimits, owner: 'w' };
  const api = {
    ...{ ...common, clock, newId: log.newId, commits, followUps },
    onEvent: () => undefined,
  };
  const worker: FollowUpContext = { ...common, model, fallback: model, onEvent: () => undefined };

  async function ask(operation: CallerOperation, call: Call = {}) {
    const { method, path: route } = routes[operation];
    const { body } = call;
    const request: ApiRequest = {
      identity: { tenant: key.tenant, subject: 'ann' },
      path: { ...path, ...call.path },
      query: call.query ?? {},
      headers: call.headers ?? {},
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      signal,
    };
    const work = handleRequest(api, `${method} ${route}`, request).catch((error: unknown) => {
      const { view } = problemOf(error);
      return { status: view.status, body: view };
    });
    // An append may wait for an earlier one.
    const { status, body: answered } = await clock.runUntil(work);
    return { status, body: answered && (JSON.parse(JSON.stringify(answered)) as Record<string, unknown>) };
  }

  return {
    ...{ ...world, memories, model, said, ask },
    /** Does what the commit queue has. */
    async commitAll() {
      for (const message of commits.sent.values()) await commitSession(context, message, signal);
      commits.sent.clear();
    },
    /** Does what the follow-up queue has, and what commits have sent. */
    async followUpAll() {
      for (const sender of [world.followUps, followUps]) {
        for (const message of sender.sent.values()) await followUpArchive(worker, message, signal);
        sender.sent.clear();
      }
    },
  };
}

export type ApiWorld = Awaited<ReturnType<typeof apiWorld>>;
