import type { ContentPart, MessageContent, Role } from './content.ts';
import { isReasoningPart, isTextPart, isToolCallPart, isToolResultPart } from './parts.ts';

interface Said {
  readonly role: Role;
  readonly content: MessageContent;
}

/**
 * The messages without results whose call is missing and without calls that nothing answered: every provider refuses
 * both. A call is answered by a result that comes before anybody else speaks; calls of the last turn may be open. A
 * message that has nothing left is left out; one that is whole is the same object.
 */
export function wholePairs<Message extends Said>(messages: readonly Message[]): Message[] {
  const halves = findHalves(messages);
  if (halves.size === 0) return [...messages];
  return messages.flatMap((message) => {
    if (typeof message.content === 'string') return [message];
    const content = message.content.filter((part) => !halves.has(part));
    if (content.length === message.content.length) return [message];
    return content.some(isWorthSending) ? [{ ...message, content }] : [];
  });
}

/** Calls without a result, and results without a call. */
function findHalves(messages: readonly Said[]): ReadonlySet<ContentPart> {
  const halves = new Set<ContentPart>();
  const open = new Map<string, ContentPart>();
  let isAnswering = false;
  const close = () => {
    for (const call of open.values()) halves.add(call);
    open.clear();
  };
  for (const { role, content } of messages) {
    // A turn may be several messages of calls, and then several of results.
    if (role === 'assistant' && isAnswering) close();
    if (role === 'assistant') isAnswering = false;
    const parts = typeof content === 'string' ? [] : content;
    for (const part of parts) {
      if (isToolCallPart(part)) {
        const repeated = open.get(part.toolCallId);
        if (repeated) halves.add(repeated);
        open.set(part.toolCallId, part);
      }
      if (isToolResultPart(part)) {
        if (!open.delete(part.toolCallId)) halves.add(part);
        if (role !== 'assistant') isAnswering = true;
      }
    }
    const speaks = typeof content === 'string' || parts.some((part) => !isToolResultPart(part));
    if ((role === 'user' || role === 'system') && speaks) close();
  }
  return halves;
}

function isWorthSending(part: ContentPart): boolean {
  return !isReasoningPart(part) && !(isTextPart(part) && part.text === '');
}
