import type { JobReporter } from '../../local/job/run/job-reporter.ts';

/** A reporter that shows nothing, apart from what a test listens to. */
export function silentReporter(listening: Partial<JobReporter> = {}): JobReporter {
  const ignore = () => undefined;
  return {
    sessionOpened: ignore,
    appended: ignore,
    commitRequested: ignore,
    commitChanged: ignore,
    waiting: ignore,
    verifying: ignore,
    ...listening,
  };
}
