import type { CommitlaneApiError } from '../../client/index.ts';

/**
 * Whether the API refused a call with this code. The error is known by its name: the client is made by another entry of
 * the package, which has a class of its own.
 */
export function hasCode(error: unknown, code: string): error is CommitlaneApiError {
  return (
    error instanceof Error && error.name === 'CommitlaneApiError' && 'code' in error && error.code === code
  );
}
