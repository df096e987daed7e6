import { CommitlaneError } from '../../lib/errors/index.ts';

/** Nothing answers at the address of the model. */
class ModelServerError extends CommitlaneError {
  override readonly name = 'ModelServerError';
  readonly code = 'model-server';
}

/** A server that loads a model first may answer late, but takes the connection. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Asks a server of models for an answer, whatever it says: before anything slow is done for a stack that could not use it.
 *
 * @param option of the command line, that names its address.
 * @throws ModelServerError; the signal's reason.
 */
export async function requireModelServer(
  url: string,
  option: string,
  signal?: AbortSignal | undefined,
): Promise<void> {
  try {
    const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const { body } = await fetch(`${url.replace(/\/+$/, '')}/models`, {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    await body?.cancel();
  } catch (cause) {
    signal?.throwIfAborted();
    const { message } =
      cause instanceof Error && cause.cause instanceof Error ? cause.cause : (cause as Error);
    throw new ModelServerError(
      `Nothing answers at ${url} (${message}). Start the model's server, or give its address with ${option}.`,
      { cause },
    );
  }
}
