import { createHash } from 'node:crypto';
import type { SessionKey } from '../session/index.ts';

/** The id of the one commit that all requests of a session with the same idempotency key are. */
export function keyedCommitId({ tenant, session }: SessionKey, idempotencyKey: string): string {
  const hash = createHash('sha256').update(`${tenant}#${session}#${idempotencyKey}`).digest('hex');
  return `key-${hash.slice(0, 32)}`;
}
