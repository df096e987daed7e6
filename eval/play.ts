import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type BackfillContext, planBackfill, runBackfill } from '../lib/backfill/index.ts';
import type { Clock } from '../lib/clock/index.ts';
import { commitSession } from '../lib/commit/index.ts';
import { type Embedder, type Embedding, EmbeddingRefusedError } from '../lib/embedding/index.ts';
import { followUpArchive } from '../lib/follow-up/index.ts';
import { inProcessLeaseStore, type LeaseContext } from '../lib/lease/index.ts';
import { defaultLimits } from '../lib/limits/index.ts';
import { builtInCategories, type MemoryStore, type ScopeKey } from '../lib/memory/index.ts';
import { type Model, offlineModel } from '../lib/model/index.ts';
import type { FollowUpMessage } from '../lib/queue/index.ts';
import { appendBounds, type SessionKey } from '../lib/session/index.ts';
import { appendMessages } from '../lib/session-log/index.ts';
import {
  inProcessMemoryStore,
  inProcessSessionStore,
  inProcessVectorStore,
  type SessionStore,
} from '../lib/store/index.ts';
import type { Evaluation } from './read-evaluation.ts';

/** Where the conversation is once it was played. */
export interface Played {
  readonly store: SessionStore;
  readonly memories: MemoryStore;
  readonly key: SessionKey;
  readonly scope: ScopeKey;
  readonly lease: LeaseContext;
  /** Where it can be found by meaning, too. */
  readonly embedding?: Embedding;
}

/**
 * Plays a conversation into stores of this process: appends, and for each part one commit with its follow-up. Then it embeds all of
 * it, where there is an embedder: follow-ups would not wait for a slow one.
 *
 * @throws what keeps a part from being embedded; the signal's reason.
 */
export async function play(
  { parts }: Pick<Evaluation, 'parts'>,
  {
    model,
    embedder,
    clock,
    signal,
  }: {
    readonly model: Model;
    readonly embedder?: Embedder | undefined;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<Played> {
  const scope = { tenant: 'eval', scope: 'speakers' };
  const key = { tenant: 'eval', session: 'conversation' };
  const store = inProcessSessionStore();
  const memories = inProcessMemoryStore(store.sessions);
  const onEvent = () => undefined;
  const leases = inProcessLeaseStore({ clock });
  const lease: LeaseContext = { leases, clock, random: Math.random, newId: randomUUID, onEvent };
  const waiting: FollowUpMessage[] = [];
  const followUps = { send: async ({ body }: { readonly body: FollowUpMessage }) => void waiting.push(body) };
  const common = { store, lease, limits: defaultLimits, owner: 'eval', onEvent };
  const { scope: name } = scope;
  await store.createSession(key, {
    scope: name,
    memoryCategories: builtInCategories,
    createdAtMs: clock.now(),
  });
  for (const [index, part] of parts.entries()) {
    for (let from = 0; from < part.length; from += appendBounds.maxMessages) {
      signal.throwIfAborted();
      const messages = part.slice(from, from + appendBounds.maxMessages);
      await appendMessages({ store, clock, newId: randomUUID }, key, messages);
    }
    const commit = { ...key, commitId: `part-${index + 1}`, keepRecent: 0, requestedAtMs: clock.now() };
    await commitSession({ ...common, followUps }, commit, signal);
    for (const followUp of waiting.splice(0)) {
      await followUpArchive({ ...common, memories, model, fallback: offlineModel() }, followUp, signal);
    }
  }
  if (!embedder) return { store, memories, key, scope, lease };
  const embedding = { embedder, vectors: inProcessVectorStore(store.sessions, memories.scopes) };
  await embedAll({ store, embedding, clock, random: Math.random, signal }, [key, scope]);
  return { store, memories, key, scope, lease, embedding };
}

async function embedAll(context: BackfillContext, places: readonly (SessionKey | ScopeKey)[]): Promise<void> {
  const plan = await planBackfill(context, Readable.from(places));
  const { stopped, failures } = await runBackfill(context, plan);
  if (stopped) throw stopped.error;
  const [failure] = failures;
  if (failure) throw new EmbeddingRefusedError(failure.reason);
}
