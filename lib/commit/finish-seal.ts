import { retention, type Seal } from '../session/index.ts';
import { clearRange } from './clear-range.ts';
import type { CommitRun } from './commit-run.ts';
import { copyRange } from './copy-range.ts';
import { handOver } from './hand-over.ts';

/**
 * Does what follows a seal, whoever's it is: steps 4 to 8 of docs/protocol.md. Each may be repeated from the start, by
 * any worker, at any time.
 */
export async function finishSeal(run: CommitRun, seal: Seal): Promise<void> {
  await run.trace('commit.copy', () => copyRange(run, seal)); // step 4
  await run.trace('commit.hand-over', () => handOver(run, seal)); // step 5
  await run.trace('commit.clear', () => clearRange(run, seal)); // step 6
  await recordArchived(run, seal); // step 7
  await run.store.unseal(run.key, run.fence); // step 8
  const sinceSealMs = run.clock.now() - seal.sealedAtMs;
  run.report({ type: 'commit.archived', archive: seal.archive, sinceSealMs });
}

/** Before `sealed` goes: else a crash between the two would let a redelivery seal newer messages under the old id. */
async function recordArchived({ store, key, clock }: CommitRun, seal: Seal): Promise<void> {
  await store.changeCommit(
    key,
    seal.commitId,
    { transition: 'archive', archive: seal.archive, entry: { atMs: clock.now() } },
    {
      keepRecent: 0,
      requestedAtMs: seal.sealedAtMs,
      expiresAtMs: clock.now() + retention.commitStatusMs,
    },
  );
}
