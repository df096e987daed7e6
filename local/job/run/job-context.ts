import type { CommitlaneClient } from '../../../lib/client/index.ts';
import type { Clock } from '../../../lib/clock/index.ts';
import type { JobProblem } from '../verify/job-problem.ts';
import type { CommitTracker } from './commit-tracker.ts';
import type { JobReporter } from './job-reporter.ts';
import type { JobTally } from './job-tally.ts';

/** What a job works with. */
export interface JobContext {
  readonly client: CommitlaneClient;
  readonly reporter: JobReporter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A job that is under way. */
export interface JobRun extends JobContext {
  readonly tracker: CommitTracker;
  /** Different for every run, so that its commits are not taken for those of an earlier one. */
  readonly runId: string;
  readonly tally: JobTally;
  /** What has gone wrong so far. */
  readonly problems: JobProblem[];
}
