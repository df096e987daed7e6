import { CommitlaneError } from '../errors/index.ts';
import { type Failure, failureOf } from '../provider/index.ts';
import { EmbeddingRefusedError, EmbeddingUnavailableError } from './errors.ts';

/** What an error of the AI SDK or of a provider means for the caller, without what it carries of requests and answers. */
export async function toEmbeddingError(
  name: string,
  nowMs: number,
  error: unknown,
): Promise<CommitlaneError> {
  if (error instanceof EmbeddingRefusedError || error instanceof EmbeddingUnavailableError) return error;
  // Such as a key that cannot be read.
  if (error instanceof CommitlaneError) return unavailable(name, error.message, { cause: error });
  return ofFailure(name, await failureOf(error, nowMs));
}

function ofFailure(name: string, failure: Failure): CommitlaneError {
  const { kind, reason } = failure;
  if (kind === 'refused') return new EmbeddingRefusedError(`Embedding model ${name} refused: ${reason}.`);
  const { afterMs } = failure;
  return unavailable(name, `${reason}.`, { afterMs, ...('cause' in failure && { cause: failure.cause }) });
}

function unavailable(name: string, reason: string, options: { afterMs?: number; cause?: unknown }) {
  return new EmbeddingUnavailableError(`Embedding model ${name} is not available: ${reason}`, options);
}
