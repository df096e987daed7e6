import type { BackfillContext } from '../../lib/backfill/index.ts';
import { commitSession } from '../../lib/commit/index.ts';
import type { Embedder, VectorStore } from '../../lib/embedding/index.ts';
import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import { defaultLimits } from '../../lib/limits/index.ts';
import { enterMemory, type ScopeKey } from '../../lib/memory/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { appendMessages } from '../../lib/session-log/index.ts';
import { inProcessMemoryStore, inProcessSessionStore, inProcessVectorStore } from '../../lib/store/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { meaningEmbedder } from '../support/meaning-embedder.ts';

export const scope: ScopeKey = { tenant: 'acme', scope: 'ann' };
export const keyOf = (session: string): SessionKey => ({ tenant: 'acme', session });

/** Sessions with archives and memories, all without vectors, in this process. */
export async function backfillWorld() {
  const clock = fakeClock();
  const store = inProcessSessionStore();
  const memories = inProcessMemoryStore(store.sessions);
  const vectors: VectorStore = inProcessVectorStore(store.sessions, memories.scopes);
  const embedded: string[] = [];
  const model = meaningEmbedder();
  const embedder: Embedder = {
    ...model,
    embed(texts, options) {
      embedded.push(...texts);
      return model.embed(texts, options);
    },
  };
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const random = () => 0.5;
  const onEvent = () => undefined;
  const lease = { leases: inProcessLeaseStore({ clock }), clock, random, newId, onEvent };

  return {
    ...{ clock, store, memories, vectors, embedder },
    /** Every text that the model was given. */
    embedded,

    context: (more: Partial<BackfillContext> = {}): BackfillContext => ({
      ...{ store, embedding: { embedder, vectors }, clock, random },
      signal: new AbortController().signal,
      ...more,
    }),

    /** Every session and scope, as a scan gives them. */
    async *places() {
      for (const name of store.sessions.keys()) yield keyOf(name.slice(name.indexOf('/') + 1));
      for (const name of memories.scopes.keys()) yield { ...scope, scope: name.slice(name.indexOf('/') + 1) };
    },

    /** Appends messages to a session, which it makes where there is none, and commits all of it. */
    async archive(session: string, ...texts: string[]) {
      const key = keyOf(session);
      if (!store.sessions.has(`acme/${session}`)) {
        await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: clock.now() });
      }
      await appendMessages(
        { store, clock, newId },
        key,
        texts.map((content) => ({ role: 'user', content })),
      );
      const followUps = { send: async () => undefined };
      const commit = { ...key, commitId: newId(), keepRecent: 0, requestedAtMs: clock.now() };
      const context = { store, followUps, lease, limits: defaultLimits, owner: 'test', onEvent };
      await commitSession(context, commit, new AbortController().signal);
    },

    remember: (key: string, text: string) =>
      enterMemory(
        { memories, clock, random, newId, now: clock.now },
        scope,
        { category: 'preference', key },
        { entry: { kind: 'edit', text }, who: 'ann' },
      ),
  };
}

export type BackfillWorld = Awaited<ReturnType<typeof backfillWorld>>;
