import type { FollowUpStep } from '../archive/index.ts';
import { CommitlaneError } from '../errors/index.ts';

/** A step of the follow-up did not end in its time; what was recorded before it is kept. */
export class StepTimeoutError extends CommitlaneError {
  override readonly name = 'StepTimeoutError';
  readonly code = 'step-timeout';

  constructor(step: FollowUpStep, timeoutMs: number) {
    super(`The ${step} did not end within ${timeoutMs} ms.`, { retry: { retryable: true, afterMs: 0 } });
  }
}

/** The follow-up as a whole did not end within `followUp.deadlineMs`; the next delivery goes on with its next step. */
export class FollowUpDeadlineError extends CommitlaneError {
  override readonly name = 'FollowUpDeadlineError';
  readonly code = 'follow-up-deadline';

  constructor(deadlineMs: number) {
    super(`The follow-up did not end within ${deadlineMs} ms.`, { retry: { retryable: true, afterMs: 0 } });
  }
}

/** Another extraction of the archive came in between. What it said before stays until this one is made again. */
export class ExtractionSupersededError extends CommitlaneError {
  override readonly name = 'ExtractionSupersededError';
  readonly code = 'extraction-superseded';

  constructor(archive: number) {
    super(`Another extraction of archive ${archive} came in between; this one has to be made again.`, {
      retry: { retryable: true, afterMs: 1_000 },
    });
  }
}
