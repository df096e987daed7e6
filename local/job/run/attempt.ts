import { CommitlaneError } from '../../../lib/errors/index.ts';
import type { JobProblem } from '../verify/job-problem.ts';

/**
 * Does a piece of a job. That it fails is a problem, and does not keep the other pieces from being done.
 *
 * @throws the signal's reason, and errors of the program itself.
 */
export async function attempt<T>(
  { signal, problems, session }: { signal: AbortSignal; problems: JobProblem[]; session?: string },
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CommitlaneError)) throw error;
    problems.push({ kind: 'failed', ...(session !== undefined && { session }), message: error.message });
    return undefined;
  }
}
