import { createHash } from 'node:crypto';
import type { SessionKey } from '../session/index.ts';

/** Puts messages on a FIFO queue. */
export interface Sender<Body> {
  /**
   * @throws QueueUnavailableError when it is not known that the message is on the queue; sending it again is safe:
   * for five minutes a message with the same group and `dedupId` is taken once. QueueRefusedError when it never will be.
   */
  send(message: { readonly group: string; readonly dedupId: string; readonly body: Body }): Promise<void>;
}

const MAX_GROUP_LENGTH = 128;

/** The message group of a session: its messages are handled one at a time, in order. */
export function messageGroup({ tenant, session }: SessionKey): string {
  const group = `${tenant}#${session}`;
  return group.length <= MAX_GROUP_LENGTH ? group : createHash('sha256').update(group).digest('hex');
}

/**
 * A deduplication id made of several parts, such as a session's and a number: always the same for the same parts, and
 * as long as SQS allows (128 characters at most) however long they are.
 */
export function dedupIdOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
