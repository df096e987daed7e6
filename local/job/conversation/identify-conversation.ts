import { createHash } from 'node:crypto';
import type { NewMessage } from '../../../lib/session/index.ts';
import type { Conversation } from './conversation.ts';

const HASH_CHARACTERS = 8;
const MAX_NAME_CHARACTERS = 80;

/**
 * Names the session and the messages of a conversation after the file's name and content, so that playing the
 * same file again finds what is stored already, and playing a changed file opens a session of its own.
 */
export function identifyConversation(
  name: string,
  content: string,
  messages: readonly NewMessage[],
): Conversation {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, content]))
    .digest('hex');
  const shortHash = hash.slice(0, HASH_CHARACTERS);
  return {
    name,
    sessionId: `${keyPart(name)}-${shortHash}`,
    messages: messages.map((message, index) => ({
      ...message,
      id: `${shortHash}-${String(index + 1).padStart(5, '0')}`,
    })),
  };
}

function keyPart(name: string): string {
  const part = name.replace(/[^A-Za-z0-9._+-]+/g, '-').slice(0, MAX_NAME_CHARACTERS);
  return part.replace(/^[.-]+|[.-]+$/g, '') || 'conversation';
}
