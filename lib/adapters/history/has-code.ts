import { CommitlaneApiError } from '../../client/index.ts';

/** Whether the API refused a call with this code. */
export function hasCode(error: unknown, code: string): error is CommitlaneApiError {
  return error instanceof CommitlaneApiError && error.code === code;
}
