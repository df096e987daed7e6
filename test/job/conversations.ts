import type { Conversation } from '../../local/job/conversation/conversation.ts';
import { identifyConversation } from '../../local/job/conversation/identify-conversation.ts';
import { parseConversation } from '../../local/job/conversation/parse-conversation.ts';

/** A conversation of so many short messages, as if read from a file of this name. */
export function conversationOf(name: string, messageCount: number): Conversation {
  const lines = Array.from({ length: messageCount }, (_, index) =>
    JSON.stringify({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: `${name} says ${index + 1}`,
      speaker: { name, mood: ['calm', index] },
    }),
  );
  const text = lines.join('\n');
  return identifyConversation(name, text, parseConversation(text).messages);
}
