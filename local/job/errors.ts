import { CommitlaneError } from '../../lib/errors/index.ts';

/** A conversation file that cannot be played as it is. Nothing was sent. */
export class InvalidConversationError extends CommitlaneError {
  override readonly name = 'InvalidConversationError';
  readonly code = 'invalid-conversation';
  /** All that is wrong with it. */
  readonly problems: readonly string[];

  constructor(source: string, problems: readonly string[], options: { cause?: unknown } = {}) {
    const shown = problems.slice(0, SHOWN_PROBLEMS);
    const more = problems.length - shown.length;
    super(
      `${source} cannot be played: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Each line must be a JSON object with role (user, assistant, system or tool) and content (a text or a list of parts), or one with messages; other fields are kept as metadata.`,
      options,
    );
    this.problems = problems;
  }
}

const SHOWN_PROBLEMS = 5;

/** The job waited for as long as it may: the reason of its aborted signal. */
export class JobStalledError extends CommitlaneError {
  override readonly name = 'JobStalledError';
  readonly code = 'job-stalled';
}
