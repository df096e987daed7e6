import { createHash } from 'node:crypto';

/**
 * A deduplication id made of several parts, such as a session's and a number: always the same for the same parts, and
 * as long as SQS allows (128 characters at most) however long they are.
 */
export function dedupIdOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
