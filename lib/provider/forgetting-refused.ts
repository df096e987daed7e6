import type { CommitlaneError } from '../errors/index.ts';
import type { Once } from './once.ts';

/** Forgets a provider that refused, with its key: one that was replaced is read by the next call, without a new deployment. */
export async function forgettingRefused<T>(
  call: Promise<T>,
  provider: Pick<Once<unknown>, 'forget'>,
  refusal: new (...args: never[]) => CommitlaneError,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof refusal) provider.forget();
    throw error;
  }
}
