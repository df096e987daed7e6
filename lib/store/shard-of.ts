import { createHash } from 'node:crypto';
import type { SessionKey } from '../session/index.ts';

/** Which of so many parts of an index a session belongs to: 0 to `shards - 1`. */
export function shardOf({ tenant, session }: SessionKey, shards: number): number {
  const hash = createHash('sha256').update(`${tenant}#${session}`).digest();
  return hash.readUInt32BE(0) % shards;
}
