import { CommitlaneError } from '../errors/index.ts';

/** Limits are out of range or contradict one another. None of them was put into effect. */
export class InvalidLimitsError extends CommitlaneError {
  override readonly name = 'InvalidLimitsError';
  readonly code = 'invalid-limits';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The limits are not valid: ${problems.join('; ')}.`);
    this.problems = problems;
  }
}
