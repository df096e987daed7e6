import { startDeadline } from '../clock/index.ts';
import { LeaseLostError, withLease } from '../lease/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import type { CommitMessage } from '../queue/index.ts';
import type { Seal, SessionMeta } from '../session/index.ts';
import { FenceRejectedError } from '../store/index.ts';
import { leaseResources } from '../table/index.ts';
import { untraced } from '../trace/index.ts';
import type { CommitContext } from './commit-context.ts';
import type { CommitEventDetails } from './commit-event.ts';

import type { CommitOutcome } from './commit-outcome.ts';
import type { CommitRun } from './commit-run.ts';
import { CommitDeadlineError } from './errors.ts';
import { finishSeal } from './finish-seal.ts';
import { recordEmpty } from './record-empty.ts';
import { sealLive } from './seal-live.ts';
import { startCommit } from './start-commit.ts';

/**
 * Runs one commit request under the session's lease, in the steps that docs/protocol.md numbers. Running it again,
 * after a crash or a duplicate delivery, finishes what is unfinished and changes nothing twice.
 *
 * @param signal aborts when the worker itself has no more time.
 * @throws LeaseUnavailableError when the session stayed busy; LeaseLostError when another worker superseded this one;
 * CommitDeadlineError after `commit.deadlineMs`; SessionNotFoundError; StoreUnavailableError; QueueUnavailableError;
 * ProtocolViolationError. After each of them but the last, running it again is right.
 */
export async function commitSession(
  context: CommitContext,
  message: CommitMessage,
  signal: AbortSignal,
): Promise<CommitOutcome> {
  const { limits, owner } = context;
  const { deadlineMs } = limits.commit;
  using deadline = startDeadline(context.lease.clock, deadlineMs, () => new CommitDeadlineError(deadlineMs));
  const resource = leaseResources.session(message);
  const lease = {
    resource,
    owner,
    policy: limits.lease,
    signal: AbortSignal.any([signal, deadline.signal]),
  };
  try {
    // Steps 0 (acquire) and 9 (release) are the lease's.
    return await withLease(context.lease, lease, (held) => commitUnderLease(context, message, held));
  } catch (error) {
    if (!(error instanceof FenceRejectedError)) throw error;
    throw new LeaseLostError(resource, 'taken-over', { cause: error });
  }
}

async function commitUnderLease(
  context: CommitContext,
  message: CommitMessage,
  signal: AbortSignal,
): Promise<CommitOutcome> {
  const { tenant, session, commitId } = message;
  const key = { tenant, session };
  const store = stopWhenAborted(context.store, signal);
  const report = (event: CommitEventDetails) => context.onEvent({ ...event, ...key, commitId });

  const meta = await store.claim(key); // step 0
  report({ type: 'commit.claimed', fence: meta.fence });
  const run: CommitRun = {
    key,
    message,
    fence: meta.fence,
    store,
    followUps: stopWhenAborted(context.followUps, signal),
    clock: context.lease.clock,
    random: context.lease.random,
    report,
    trace: context.trace ?? untraced,
  };
  try {
    return await runCommit(run, meta);
  } catch (error) {
    if (error instanceof FenceRejectedError) report({ type: 'commit.fence-rejected', fence: run.fence });
    throw error;
  }
}

/** Steps 1 to 8. */
async function runCommit(run: CommitRun, meta: SessionMeta): Promise<CommitOutcome> {
  if (meta.sealed) await recover(run, meta.sealed); // step 1
  const ended = await startCommit(run); // step 2
  if (ended) return ended;
  const seal = await run.trace('commit.seal', () => sealLive(run, meta)); // step 3
  if (!seal) return await recordEmpty(run);
  await finishSeal(run, seal); // steps 4 to 8
  return { state: 'archived', archive: seal.archive };
}

async function recover(run: CommitRun, seal: Seal): Promise<void> {
  const { archive, sealedAtMs } = seal;
  run.report({ type: 'commit.recovering', archive, sealedForMs: run.clock.now() - sealedAtMs });
  await finishSeal(run, seal);
}
