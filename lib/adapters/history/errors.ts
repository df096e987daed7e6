import { CommitlaneError } from '../../errors/index.ts';

/** Commits kept a session from being read as a whole. Nothing is lost: reading again later is right. */
export class HistoryNotReadableError extends CommitlaneError {
  override readonly name = 'HistoryNotReadableError';
  readonly code = 'history-not-readable';

  constructor(sessionId: string, because: string) {
    super(`The history of session '${sessionId}' cannot be read now: ${because}. Read again later.`, {
      retry: { retryable: true, afterMs: 1_000 },
    });
  }
}
