import { recordDeath } from '../commit/index.ts';
import type { SessionKey } from '../session/index.ts';
import { CHECK_SHARDS } from '../store/index.ts';
import type { CheckContext } from './auto-commit-context.ts';
import { checkSession } from './check-session.ts';

/** A session or commit whose check fails makes way for the others for that long. */
const AFTER_FAILURE_MS = 5 * 60_000;

type DueCommit = Awaited<ReturnType<CheckContext['store']['listDueChecks']>>['commits'][number];

/** What the checks of one run of the schedule come to. */
interface Tally {
  due: number;
  requested: number;
  deaths: number;
  failed: number;
  oldestAtMs: number;
}

/**
 * Checks every session whose check is due, the longest due first, and asks for the commits that their policies want; and
 * records the deaths of commits whose worker was killed at the last delivery. One that fails does not keep the others
 * waiting. It ends when all were checked, or when the signal aborts: the checks that are left are still due at the next
 * run.
 *
 * @throws StoreUnavailableError, at the end, when a part of the checks could not be listed.
 */
export async function checkDueSessions(context: CheckContext, signal: AbortSignal): Promise<void> {
  const untilMs = context.clock.now();
  const tally: Tally = { due: 0, requested: 0, deaths: 0, failed: 0, oldestAtMs: untilMs };
  const shards = Array.from({ length: CHECK_SHARDS }, (_, shard) => shard);
  const ends = await Promise.allSettled(
    shards.map((shard) => checkShard(context, shard, untilMs, tally, signal)),
  );
  for (const [shard, end] of ends.entries()) {
    if (end.status === 'fulfilled') continue;
    context.onEvent({ type: 'auto-commit.list-failed', shard, error: end.reason });
  }
  const { oldestAtMs, ...counts } = tally;
  const complete = !signal.aborted;
  if (counts.due > 0 || !complete) {
    context.onEvent({ type: 'auto-commit.checked', ...counts, lagMs: untilMs - oldestAtMs, complete });
  }
  // So that the run counts as failed.
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** One after another: as many are checked side by side as there are shards. */
async function checkShard(
  context: CheckContext,
  shard: number,
  untilMs: number,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  let after: Awaited<ReturnType<CheckContext['store']['listDueChecks']>>['nextAfter'];
  do {
    if (signal.aborted) return;
    const { sessions, commits, nextAfter } = await context.store.listDueChecks(shard, untilMs, after);
    const checks = [
      ...sessions.map((due) => ({ ...due, check: () => checkOne(context, due.key, tally) })),
      ...commits.map((due) => ({ ...due, check: () => checkCommit(context, due, tally) })),
    ];
    for (const { key, checkAtMs, check } of checks) {
      if (signal.aborted) return;
      tally.due += 1;
      tally.oldestAtMs = Math.min(tally.oldestAtMs, checkAtMs);
      await context.around(key, check);
    }
    after = nextAfter;
  } while (after);
}

async function checkOne(context: CheckContext, key: SessionKey, tally: Tally): Promise<void> {
  try {
    if (await checkSession(context, key)) tally.requested += 1;
  } catch (error) {
    tally.failed += 1;
    context.onEvent({ type: 'auto-commit.failed', ...key, error });
    await makeWay(context, key);
  }
}

async function makeWay({ store, clock, onEvent }: CheckContext, key: SessionKey): Promise<void> {
  try {
    const meta = await store.readMeta(key);
    if (meta?.checkAtMs === undefined) return;
    const nextAtMs = clock.now() + AFTER_FAILURE_MS;
    await store.moveCheck(key, { seenAtMs: meta.checkAtMs, nextAtMs });
  } catch (error) {
    onEvent({ type: 'auto-commit.failed', ...key, error });
  }
}

async function checkCommit(
  context: CheckContext,
  { key, commitId, checkAtMs: seenAtMs }: DueCommit,
  tally: Tally,
): Promise<void> {
  const { store, clock, onEvent } = context;
  const fail = (error: unknown) => onEvent({ type: 'auto-commit.failed', ...key, commitId, error });
  try {
    if (await recordDeath(context, key, commitId)) tally.deaths += 1;
  } catch (error) {
    tally.failed += 1;
    fail(error);
    const nextAtMs = clock.now() + AFTER_FAILURE_MS;
    await store.moveCommitCheck(key, commitId, { seenAtMs, nextAtMs }).catch(fail);
  }
}
