import type { JobReporter } from './job-reporter.ts';

/** A reporter that passes everything on, and tells when something has moved. */
export function touchingReporter(reporter: JobReporter, touch: () => void): JobReporter {
  return {
    ...reporter,
    sessionOpened(...event) {
      touch();
      reporter.sessionOpened(...event);
    },
    appended(...event) {
      touch();
      reporter.appended(...event);
    },
    commitChanged(...event) {
      touch();
      reporter.commitChanged(...event);
    },
  };
}
