import type { Clock } from '../../clock/index.ts';
import { CommitlaneError } from '../../errors/index.ts';
import { failureOf } from '../../provider/index.ts';
import { ModelRefusedError, ModelUnavailableError } from '../errors.ts';

/** What an error of the AI SDK or of a provider means for the caller, without what it carries of requests and answers. */
export async function toModelError(
  model: string,
  clock: Pick<Clock, 'now'>,
  error: unknown,
): Promise<CommitlaneError> {
  if (error instanceof CommitlaneError) return error;
  const failure = await failureOf(error, clock.now());
  if (failure.kind === 'refused') return new ModelRefusedError(model, failure.reason);
  const options = 'cause' in failure ? { cause: failure.cause } : {};
  return new ModelUnavailableError(model, failure.reason, failure.afterMs, options);
}
