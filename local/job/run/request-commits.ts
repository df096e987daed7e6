import type { CommitRequestView } from '../../../lib/client/index.ts';
import type { JobProblem } from '../verify/job-problem.ts';
import type { JobRun } from './job-context.ts';
import type { PlannedCommit } from './plan-commits.ts';

/** Asks for a commit in the planned manner, and has what comes of it watched. */
export async function requestCommits(
  run: JobRun,
  sessionId: string,
  { afterBatch, manner, keepRecent }: PlannedCommit,
): Promise<void> {
  const { client, reporter, signal, tracker } = run;
  const ask = async (options: { readonly idempotencyKey?: string } = {}) => {
    const answer = await client.requestCommit(sessionId, { keepRecent, signal, ...options });
    reporter.commitRequested(sessionId, answer.commitId, answer.existing);
    void tracker.track(sessionId, answer.commitId);
    return answer;
  };
  if (manner === 'single') await ask();
  if (manner === 'doubled') await Promise.all([ask(), ask()]);
  if (manner !== 'repeated') return;
  const keyed = { idempotencyKey: `${run.runId}-${afterBatch}` };
  run.problems.push(...compare(sessionId, await ask(keyed), await ask(keyed)));
}

function compare(session: string, first: CommitRequestView, second: CommitRequestView): JobProblem[] {
  if (first.commitId === second.commitId) return [];
  const message = `A request for a commit, sent twice with one key, made two: ${first.commitId} and ${second.commitId}.`;
  return [{ kind: 'commit', session, message }];
}
