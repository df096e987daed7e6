import type { Clock } from '../clock/index.ts';
import { type CommitMessage, keyedCommitId, messageGroup, type Sender } from '../queue/index.ts';
import {
  type Amount,
  type CommitState,
  isBeforeArchive,
  retention,
  type SessionKey,
  type SessionMeta,
  statusAsOf,
} from '../session/index.ts';
import { type CommitStatusStore, type MetaStore, SessionNotFoundError } from '../store/index.ts';

import { sendAgainIfSilent } from './send-again.ts';

export interface RequestContext {
  readonly store: MetaStore & CommitStatusStore;
  readonly commits: Sender<CommitMessage>;
  readonly clock: Clock;
  /** Unique at every call. */
  readonly newId: () => string;
}

export interface CommitRequest {
  /** Leave at least this many messages live: 0 to 1000, default 0. */
  readonly keepRecent?: number;
  /** Nothing behind this position; unless given, up to what is appended now. */
  readonly through?: number;
  /** Why, for people who look at the commit later. */
  readonly reason?: string;
  /** Requests of one session with the same key are one request. */
  readonly idempotencyKey?: string;
}

export interface RequestedCommitView {
  readonly commitId: string;
  readonly state: CommitState;
  /** True when a commit that was requested before does what is asked. */
  readonly existing: boolean;
}

/**
 * Requests a commit of everything that was appended before this call, and of nothing that comes after it.
 *
 * A request is answered with the commit that is already queued when that one asks for as much; if nothing was heard
 * of it for a minute, its message is sent again first.
 *
 * @throws SessionNotFoundError; StoreUnavailableError or QueueUnavailableError when it is not known whether the
 * commit is queued: requesting it again is safe.
 */
export async function requestCommit(
  context: RequestContext,
  key: SessionKey,
  request: CommitRequest,
): Promise<RequestedCommitView> {
  const { store, clock, newId } = context;
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const through = Math.min(request.through ?? meta.nextSeq - 1, meta.nextSeq - 1);
  const keepRecent = request.keepRecent ?? 0;

  if (request.idempotencyKey === undefined) {
    const onItsWay = await findOnItsWay(context, key, meta, { through, keepRecent });
    if (onItsWay) return onItsWay;
  }

  const requestedAtMs = clock.now();
  const { idempotencyKey } = request;
  const commitId = idempotencyKey === undefined ? newId() : keyedCommitId(key, idempotencyKey);
  const message = { ...key, commitId, through, keepRecent, requestedAtMs };
  const isNew = await store.putCommit(
    key,
    {
      commitId,
      state: 'queued',
      through,
      keepRecent,
      ...(request.reason !== undefined && { reason: request.reason }),
      requestedAtMs,
      timeline: [{ atMs: requestedAtMs, event: 'queued' }],
    },
    requestedAtMs + retention.commitStatusMs,
  );
  const appended = { messages: meta.appendedMessages, tokens: meta.appendedTokens };
  if (!isNew) return await resume(context, key, message, appended);
  await enqueue(context, key, message, appended);
  return { commitId, state: 'queued', existing: false };
}

/** The commit that is queued or running and has yet to seal all that the new request asks for. */
async function findOnItsWay(
  context: RequestContext,
  key: SessionKey,
  { requested, committedThrough }: SessionMeta,
  wanted: { through: number; keepRecent: number },
): Promise<RequestedCommitView | undefined> {
  const { store, clock } = context;
  const covers =
    requested !== undefined &&
    requested.through >= wanted.through &&
    requested.keepRecent <= wanted.keepRecent &&
    requested.through > committedThrough;
  if (!covers) return undefined;
  const known = await store.readCommit(key, requested.commitId);
  if (!known) return undefined;
  const status = statusAsOf(known, clock.now());
  if (!isBeforeArchive(status)) return undefined;
  await sendAgainIfSilent(context, key, status);
  return { commitId: status.commitId, state: status.state, existing: true };
}

/** A request with the same key came before. Should it have died before it enqueued its commit, this one does so. */
async function resume(
  context: RequestContext,
  key: SessionKey,
  message: CommitMessage,
  appended: Amount,
): Promise<RequestedCommitView> {
  const { commitId } = message;
  const known = await context.store.readCommit(key, commitId);
  const status = known && statusAsOf(known, context.clock.now());
  if (status?.state === 'queued') {
    const { through = message.through, keepRecent, requestedAtMs } = status;
    const first = { ...message, ...(through !== undefined && { through }), keepRecent, requestedAtMs };
    await enqueue(context, key, first, appended);
  } else if (status) await sendAgainIfSilent(context, key, status);
  return { commitId, state: status?.state ?? 'queued', existing: true };
}

/** Remembered only once it is queued: nobody may be answered with a commit that will never run. */
async function enqueue(
  { store, commits }: RequestContext,
  key: SessionKey,
  message: CommitMessage,
  appended: Amount,
): Promise<void> {
  const { commitId, through = 0, keepRecent, requestedAtMs } = message;
  await commits.send({ group: messageGroup(key), dedupId: commitId, body: message });
  await store.rememberRequest(key, { commitId, through, keepRecent, requestedAtMs, appended });
}
