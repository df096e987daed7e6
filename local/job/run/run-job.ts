import { startDeadline } from '../../../lib/clock/index.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { JobStalledError } from '../errors.ts';
import { checkCommits } from '../verify/check-commits.ts';
import type { JobProblem } from '../verify/job-problem.ts';
import { attempt } from './attempt.ts';
import { collectResult } from './collect-result.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import type { JobContext, JobRun } from './job-context.ts';
import { type JobLimits, jobDefaults } from './job-limits.ts';
import type { JobResult } from './job-result.ts';
import type { JobTally } from './job-tally.ts';
import { playConversation } from './play-conversation.ts';
import { touchingReporter } from './touching-reporter.ts';
import { trackCommits } from './track-commits.ts';
import { waitForFollowUps } from './wait-for-follow-ups.ts';
import { type ProgressWatch, watchProgress } from './watch-progress.ts';

/**
 * Plays conversations, sees their commits through, and holds what is stored then against what was appended.
 *
 * What goes wrong on the way is a problem of the result.
 *
 * @param options.runId different for every run.
 * @throws the reason of the context's signal, and errors of the program itself.
 */
export async function runJob(
  context: JobContext,
  conversations: readonly Conversation[],
  options: { readonly runId: string; readonly limits?: JobLimits },
): Promise<JobResult> {
  const { limits = jobDefaults, runId } = options;
  const tally: JobTally = { appended: 0, acknowledgedIds: new Set(), openedSessions: new Set() };
  const problems: JobProblem[] = [];
  using progress = watchProgress(context.clock, limits.stallMs);
  const watched = {
    ...context,
    reporter: touchingReporter(context.reporter, progress.touch),
    signal: AbortSignal.any([context.signal, progress.signal]),
  };
  await using tracker = trackCommits(watched);
  const run: JobRun = { ...watched, tracker, runId, tally, problems };
  try {
    await forEachConcurrently(conversations, limits.concurrency, (conversation) =>
      attempt({ ...run, session: conversation.sessionId }, () => playConversation(run, conversation)),
    );
    await waitForAll(run, progress, limits.waitMs);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof JobStalledError)) throw error;
    problems.push({ kind: 'stalled', message: error.message });
  }
  context.reporter.verifying();
  problems.push(...checkCommits(tracker.commits()));
  return collectResult({ ...run, signal: context.signal }, conversations);
}

/** Until every commit, and what follows it, is done. */
async function waitForAll(run: JobRun, progress: ProgressWatch, waitMs: number): Promise<void> {
  run.reporter.waiting();
  const message = `Not everything was done ${waitMs / 1_000} s after the last append.`;
  using deadline = startDeadline(run.clock, waitMs, () => new JobStalledError(message));
  const signal = AbortSignal.any([run.signal, deadline.signal]);
  await run.tracker.untilAllEnded(signal);
  for (const session of run.tally.openedSessions) {
    await attempt({ signal, problems: run.problems, session }, () =>
      waitForFollowUps({ ...run, signal }, session, progress.touch),
    );
  }
}
