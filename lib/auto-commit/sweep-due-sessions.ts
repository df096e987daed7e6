import type { SessionKey } from '../session/index.ts';
import { CHECK_SHARDS } from '../store/index.ts';
import type { AutoCommitContext } from './auto-commit-context.ts';
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
 */
export async function sweepDueSessions(context: AutoCommitContext, signal: AbortSignal): Promise<void> {
  const untilMs = context.clock.now();
  const sweep: Sweep = { due: 0, requested: 0, failed: 0, oldestAtMs: untilMs };
  const shards = Array.from({ length: CHECK_SHARDS }, (_, shard) => shard);
  const ends = await Promise.allSettled(
    shards.map((shard) => sweepShard(context, shard, untilMs, sweep, signal)),
  );
  const { oldestAtMs, ...counts } = sweep;
  const complete = !signal.aborted;
  if (counts.due > 0 || !complete) {
    context.onEvent({ type: 'auto-commit.swept', ...counts, lagMs: untilMs - oldestAtMs, complete });
  }
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (errors.length > 0) throw new AggregateError(errors, 'Sessions that are due could not be listed');
}

/** One after another: as many sessions are looked at side by side as there are shards. */
async function sweepShard(
  context: AutoCommitContext,
  shard: number,
  untilMs: number,
  sweep: Sweep,
  signal: AbortSignal,
): Promise<void> {
  let after: Awaited<ReturnType<AutoCommitContext['store']['listDue']>>['nextAfter'];
  do {
    if (signal.aborted) return;
    const { sessions, nextAfter } = await context.store.listDue(shard, untilMs, after);
    for (const { key, checkAtMs } of sessions) {
      if (signal.aborted) return;
      sweep.due += 1;
      sweep.oldestAtMs = Math.min(sweep.oldestAtMs, checkAtMs);
      await look(context, key, sweep);
    }
    after = nextAfter;
  } while (after);
}

async function look(context: AutoCommitContext, key: SessionKey, sweep: Sweep): Promise<void> {
  try {
    if (await checkSession(context, key)) sweep.requested += 1;
  } catch (error) {
    sweep.failed += 1;
    context.onEvent({ type: 'auto-commit.failed', ...key, error });
    await makeWay(context, key);
  }
}

async function makeWay({ store, clock, onEvent }: AutoCommitContext, key: SessionKey): Promise<void> {
  try {
    const meta = await store.readMeta(key);
    if (meta?.checkAtMs === undefined) return;
    const nextAtMs = clock.now() + AFTER_FAILURE_MS;
    await store.moveCheck(key, { seenAtMs: meta.checkAtMs, nextAtMs });
  } catch (error) {
    onEvent({ type: 'auto-commit.failed', ...key, error });
  }
}
