/**
 * Whether the API refused a call with this code. Told by the error's name, not by its class: each entry of the package is
 * bundled by itself, so the client that is given has classes of its own.
 */
export function hasCode(error: unknown, code: string): boolean {
  return (
    error instanceof Error && error.name === 'CommitlaneApiError' && 'code' in error && error.code === code
  );
}
