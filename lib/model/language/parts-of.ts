import { graphemeStart } from '../../text/index.ts';
import { estimateTokens } from '../../tokens/index.ts';
import type { ReadableMessage } from '../readable/index.ts';
import { conversation } from './conversation.ts';

/** As long as the real ones. */
const SAMPLE_MARK = '0123456789abcdef';

/**
 * A conversation in parts of at most `maxTokens` each (estimated), of whole messages; only a message that is longer by itself
 * is cut, and its pieces keep its id. Never empty parts; at least one part.
 */
export function partsOf(messages: readonly ReadableMessage[], maxTokens: number): ReadableMessage[][] {
  const parts: ReadableMessage[][] = [[]];
  let tokens = 0;
  for (const piece of messages.flatMap((message) => cut(message, maxTokens))) {
    const size = sizeOf(piece);
    const last = parts.at(-1) ?? [];
    if (last.length > 0 && tokens + size > maxTokens) {
      parts.push([piece]);
      tokens = size;
    } else {
      last.push(piece);
      tokens += size;
    }
  }
  return parts;
}

function sizeOf(message: ReadableMessage): number {
  return estimateTokens(conversation(SAMPLE_MARK, [message])) + 1;
}

/** Halves a message until its pieces fit; one character, as people see it, is never cut. */
function cut(message: ReadableMessage, maxTokens: number): ReadableMessage[] {
  const { content } = message;
  if (content.length <= 1 || sizeOf(message) <= maxTokens) return [message];
  const at = breakNear(content, Math.floor(content.length / 2));
  if (at === 0) return [message];
  return [content.slice(0, at), content.slice(at)].flatMap((half) =>
    cut({ ...message, content: half }, maxTokens),
  );
}

/** The first white space in the eighth after the middle; else the middle itself, or where its character begins. */
function breakNear(text: string, middle: number): number {
  const offset = text.slice(middle, middle + Math.ceil(text.length / 8)).search(/\s/);
  if (offset > 0) return middle + offset;
  return graphemeStart(text, middle);
}
