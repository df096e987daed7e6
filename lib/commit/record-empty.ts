import { retention } from '../session/index.ts';
import type { CommitOutcome } from './commit-outcome.ts';
import type { CommitRun } from './commit-run.ts';

/** Ends a commit that found nothing live to take. */
export async function recordEmpty({ store, key, message, clock }: CommitRun): Promise<CommitOutcome> {
  await store.changeCommit(
    key,
    message.commitId,
    {
      transition: 'end-empty',
      entry: { atMs: clock.now(), detail: 'there were no live messages for this commit' },
    },
    { ...message, expiresAtMs: clock.now() + retention.commitStatusMs },
  );
  return { state: 'empty' };
}
