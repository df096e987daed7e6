import { createHash } from 'node:crypto';
import type { NewMessage } from '../session/index.ts';
import type { ImportedMessage } from './history.ts';

/**
 * A message with its own id, or with one that is made of what it says and of its place: the same each time that the same file
 * is read, so that what is stored is known again.
 *
 * @param index of the message in its session, from 0.
 */
export function withId(message: NewMessage, session: string, index: number): ImportedMessage {
  if (message.id !== undefined) return { ...message, id: message.id };
  const hash = createHash('sha256')
    .update(JSON.stringify([session, index, message]))
    .digest('hex');
  return { ...message, id: `import-${hash.slice(0, 32)}` };
}
