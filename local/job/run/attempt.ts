import { CommitlaneError } from '../../../lib/errors/index.ts';
import type { Finding } from '../verify/finding.ts';

/**
 * Does a piece of a job. That it fails is a finding, and does not keep the other pieces from being done.
 *
 * @throws the signal's reason, and errors of the program itself.
 */
export async function attempt<T>(
  { signal, findings, session }: { signal: AbortSignal; findings: Finding[]; session?: string },
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CommitlaneError)) throw error;
    findings.push({ kind: 'failed', ...(session !== undefined && { session }), message: error.message });
    return undefined;
  }
}
