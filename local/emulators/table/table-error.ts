import type { z } from 'zod';

/** What is refused, in the form in which dynalite throws it, too: `body` goes to the caller. */
export interface TableError extends Error {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string };
}

/** @param more what the answer holds besides. */
export function tableError(type: string, message: string, more: object = {}): TableError {
  const __type = `com.amazonaws.dynamodb.v20120810#${type}`;
  return Object.assign(new Error(message), { statusCode: 400, body: { __type, message, ...more } });
}

export const isTableError = (error: unknown): error is TableError =>
  error instanceof Error && 'statusCode' in error && 'body' in error;

/** What is refused because its form is not that of the operation. */
export function invalidRequest({ issues }: z.ZodError): TableError {
  const problems = issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  return tableError('ValidationException', `${count} detected: ${problems.join('; ')}`);
}
