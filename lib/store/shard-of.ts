import { createHash } from 'node:crypto';
import type { SessionKey } from '../session/index.ts';
import { CHECK_SHARDS } from './check-store.ts';

/** Which part of the sessions whose check is scheduled a session belongs to: 0 to `CHECK_SHARDS - 1`. */
export function shardOf({ tenant, session }: SessionKey): number {
  const hash = createHash('sha256').update(`${tenant}#${session}`).digest();
  return hash.readUInt32BE(0) % CHECK_SHARDS;
}
