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
