import { createHash } from 'node:crypto';
import type { SessionKey } from '../session/index.ts';

const MAX_GROUP_LENGTH = 128;

/** The message group of a session: its messages are handled one at a time, in order. */
export function messageGroup({ tenant, session }: SessionKey): string {
  const group = `${tenant}#${session}`;
  return group.length <= MAX_GROUP_LENGTH ? group : createHash('sha256').update(group).digest('hex');
}
