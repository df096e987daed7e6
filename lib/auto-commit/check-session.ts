import { isInsideTurn, lastSealable, sendAgainIfSilent } from '../commit/index.ts';
import {
  type LogEntry,
  type LogRecord,
  type SessionKey,
  type SessionMeta,
  statusAsOf,
} from '../session/index.ts';
import { type LogStore, logPages } from '../store/index.ts';
import type { AutoCommitContext } from './auto-commit-context.ts';
import { type AutoCommitState, autoCommitStateOf } from './auto-commit-state.ts';
import { nextStep, type Situation } from './next-step.ts';
import { requestWantedCommit } from './request-wanted-commit.ts';

/**
 * An append may take its position before a check and be written after it. It finishes within half a minute, so two checks
 * this far apart that find the same last position cannot both miss it: only then is the session left alone.
 */
const SETTLE_MS = 5 * 60_000;

/** A tool that takes longer has most likely died with its agent: then its open call is committed, too. */
const TURN_PAUSE_MS = 60 * 60_000;

/**
 * Checks whether a session's policy wants a commit, asks for it, and schedules the next check.
 *
 * @returns whether a commit was asked for.
 * @throws StoreUnavailableError, QueueUnavailableError: checking again is safe.
 */
export async function checkSession(context: AutoCommitContext, key: SessionKey): Promise<boolean> {
  const { store, clock } = context;
  const meta = await store.readMeta(key);
  const state = meta && autoCommitStateOf(meta);
  const nowMs = clock.now();
  // The index lags: somebody has checked it meanwhile, or the session or its policy is gone.
  if (!state || meta.checkAtMs === undefined || meta.checkAtMs > nowMs) return false;

  const { situation, newest } = await find(context, key, meta, state);
  const step = nextStep(situation, nowMs);
  const { checkAtMs: seenAtMs, nextSeq, checkedNextSeq } = meta;
  if (step.action === 'rest' && checkedNextSeq === nextSeq) {
    await store.removeCheck(key, { seenAtMs, nextSeq });
    return false;
  }
  const nextAtMs = step.action === 'check-again' ? step.atMs : nowMs + SETTLE_MS;
  const found = nextAtMs - nowMs >= SETTLE_MS && { checkedNextSeq: nextSeq };
  // Before anything is asked for: of two runs of the schedule that have seen this check, one goes on.
  const isOwn = await store.moveCheck(key, { seenAtMs, nextAtMs, ...found });
  if (!isOwn) return false;
  if (situation.requested) await sendAgainIfSilent(context, key, situation.requested);
  if (step.action !== 'request') return false;
  const { reason } = step;
  const { keepRecent } = state.policy;
  const goesOn =
    reason !== 'idle' &&
    newest !== undefined &&
    nowMs - newest.appendedAtMs < TURN_PAUSE_MS &&
    isInsideTurn(newest.messages);
  return (
    (await requestWantedCommit(context, key, { reason, keepRecent, isInsideTurn: goesOn })) !== undefined
  );
}

async function find(
  { store, clock }: AutoCommitContext,
  key: SessionKey,
  meta: SessionMeta,
  state: AutoCommitState,
): Promise<{ readonly situation: Situation; readonly newest?: LogRecord }> {
  const { nextSeq, requested } = meta;
  const newest = await newestToTake(store, key, meta, state);
  const hasMore = nextSeq - 1 > (requested?.through ?? 0);
  const commit = requested && !hasMore ? await store.readCommit(key, requested.commitId) : undefined;
  const situation = {
    state,
    ...(newest && { newestAtMs: newest.appendedAtMs }),
    hasMore,
    ...(commit && { requested: statusAsOf(commit, clock.now()) }),
  };
  return { situation, ...(newest && { newest }) };
}

/** The newest live record, if a commit by the policy would take anything. */
async function newestToTake(
  store: LogStore,
  key: SessionKey,
  meta: SessionMeta,
  { policy }: AutoCommitState,
): Promise<LogRecord | undefined> {
  const newest = await newestLive(store, key, meta);
  // A commit overtook the check when it is no record: the next one sees what is left.
  if (newest?.kind !== 'record') return undefined;
  const { keepRecent } = policy;
  const takes = keepRecent === 0 || (await lastSealable(store, key, meta, { keepRecent })) !== undefined;
  return takes ? newest : undefined;
}

/** What is at the newest live position that is not closed. */
async function newestLive(
  store: LogStore,
  key: SessionKey,
  { committedThrough, nextSeq }: SessionMeta,
): Promise<LogEntry | undefined> {
  const range = { from: committedThrough + 1, to: nextSeq - 1, limit: 1, newestFirst: true };
  for await (const entries of logPages(store, key, range)) {
    const written = entries.find(({ kind }) => kind !== 'void');
    if (written) return written;
  }
  return undefined;
}
