import { unpackChunk } from '../../lib/archive/index.ts';
import type { CommitContext } from '../../lib/commit/index.ts';

import { inProcessLeaseStore } from '../../lib/lease/index.ts';
import type { CommitMessage, FollowUpMessage, Sender } from '../../lib/queue/index.ts';
import type { Amount, NewMessage, SessionKey } from '../../lib/session/index.ts';
import { appendMessages, type LogContext } from '../../lib/session-log/index.ts';
import { inProcessSessionStore } from '../../lib/store/index.ts';
import { fakeClock } from './fake-clock.ts';
import { textOf } from './text-of.ts';

export const key: SessionKey = { tenant: 'acme', session: 'chat' };
/** What one short message adds. */
export const one: Amount = { messages: 1, tokens: 2 };
export const policy = {
  ttlMs: 30_000,
  retryIntervalMs: 200,
  maxRetries: 10,
  acquireTimeoutMs: 60_000,
  onExhausted: 'retry-later',
} as const;

/** A queue that keeps what was sent, once per group and dedup id. */
export function recordingSender<Body>(): Sender<Body> & { readonly sent: Map<string, Body> } {
  const sent = new Map<string, Body>();
  return {
    sent,
    async send({ group, dedupId, body }) {
      if (!sent.has(`${group} ${dedupId}`)) sent.set(`${group} ${dedupId}`, body);
    },
  };
}

/** One session, in this process, on a clock that stands still. */
export async function commitWorld() {
  const clock = fakeClock();
  const store = inProcessSessionStore();
  const leases = inProcessLeaseStore({ clock });
  const followUps = recordingSender<FollowUpMessage>();
  const events: { type: string }[] = [];
  const onEvent = (event: { type: string }) => events.push(event);
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const log: LogContext = { store, clock, newId };
  const context: CommitContext = {
    store,
    followUps,
    lease: { leases, clock, random: () => 0.5, newId, onEvent },
    limits: { lease: policy, commit: { deadlineMs: 300_000 } },
    owner: 'worker-1',
    onEvent,
  };
  await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: clock.now() });

  return {
    clock,
    store,
    leases,
    followUps,
    events,
    log,
    context,
    append: (content: string, more: Partial<NewMessage> = {}) =>
      appendMessages(log, key, [{ role: 'user', content, ...more }]),
    message: (commitId: string, more: Partial<CommitMessage> = {}): CommitMessage => ({
      ...key,
      commitId,
      keepRecent: 0,
      requestedAtMs: clock.now(),
      ...more,
    }),
    /** The text of every archive, in order, and then of what is live. */
    async contents() {
      const stored = store.sessions.get(`${key.tenant}/${key.session}`);
      const archives: string[][] = [];
      for (const manifest of [...(stored?.manifests.values() ?? [])].sort((a, b) => a.archive - b.archive)) {
        const texts: string[] = [];
        for (const [index, info] of manifest.chunks.entries()) {
          const chunk = stored?.chunks.get(`${manifest.archive}/${index}`) ?? new Uint8Array();
          for (const record of unpackChunk(chunk, info)) {
            texts.push(...record.messages.map(textOf));
          }
        }
        archives.push(texts);
      }
      const live = [...(stored?.log.values() ?? [])]
        .sort((a, b) => a.position - b.position)
        .flatMap((entry) => (entry.kind === 'record' ? entry.messages.map(({ content }) => content) : []));
      return { archives, live };
    },
    commit: async (commitId: string) => store.readCommit(key, commitId),
  };
}
