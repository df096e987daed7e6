import type { SessionKey } from '../session/index.ts';
import { CHECK_SHARDS } from '../store/index.ts';
import type { SweepContext } from './auto-commit-context.ts';
import { checkSession } from './check-session.ts';

/** A session that cannot be looked at makes way for the others for that long. */
const AFTER_FAILURE_MS = 5 * 60_000;

interface Sweep {
  due: number;
  requested: number;
  failed: number;
  oldestAtMs: number;
}

/**
 * Looks at every session that is due, the longest due first, and asks for the commits that their policies want. One
 * session that fails does not keep the others waiting. It ends when all were looked at, or when the signal aborts:
 * those that are left are still due at the next sweep.
 *
 * @throws StoreUnavailableError, at the end, when a part of the sessions could not be listed.
 */
export async function sweepDueSessions(context: SweepContext, signal: AbortSignal): Promise<void> {
  const untilMs = context.clock.now();
  const sweep: Sweep = { due: 0, requested: 0, failed: 0, oldestAtMs: untilMs };
  const shards = Array.from({ length: CHECK_SHARDS }, (_, shard) => shard);
  const ends = await Promise.allSettled(
    shards.map((shard) => sweepShard(context, shard, untilMs, sweep, signal)),
  );
  for (const [shard, end] of ends.entries()) {
    if (end.status === 'fulfilled') continue;
    context.onEvent({ type: 'auto-commit.list-failed', shard, error: end.reason });
  }
  const { oldestAtMs, ...counts } = sweep;
  const complete = !signal.aborted;
  if (counts.due > 0 || !complete) {
    context.onEvent({ type: 'auto-commit.swept', ...counts, lagMs: untilMs - oldestAtMs, complete });
  }
  // So that the run counts as failed.
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** One after another: as many sessions are looked at side by side as there are shards. */
async function sweepShard(
  context: SweepContext,
  shard: number,
  untilMs: number,
  sweep: Sweep,
  signal: AbortSignal,
): Promise<void> {
  let after: Awaited<ReturnType<SweepContext['store']['listDue']>>['nextAfter'];
  do {
    if (signal.aborted) return;
    const { sessions, nextAfter } = await context.store.listDue(shard, untilMs, after);
    for (const { key, checkAtMs } of sessions) {
      if (signal.aborted) return;
      sweep.due += 1;
      sweep.oldestAtMs = Math.min(sweep.oldestAtMs, checkAtMs);
      await context.around(key, () => look(context, key, sweep));
    }
    after = nextAfter;
  } while (after);
}

async function look(context: SweepContext, key: SessionKey, sweep: Sweep): Promise<void> {
  try {
    if (await checkSession(context, key)) sweep.requested += 1;
  } catch (error) {
    sweep.failed += 1;
    context.onEvent({ type: 'auto-commit.failed', ...key, error });
    await makeWay(context, key);
  }
}

async function makeWay({ store, clock, onEvent }: SweepContext, key: SessionKey): Promise<void> {
  try {
    const meta = await store.readMeta(key);
    if (meta?.checkAtMs === undefined) return;
    const nextAtMs = clock.now() + AFTER_FAILURE_MS;
    await store.moveCheck(key, { seenAtMs: meta.checkAtMs, nextAtMs });
  } catch (error) {
    onEvent({ type: 'auto-commit.failed', ...key, error });
  }
}
