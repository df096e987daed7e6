import type { ConversationMessage } from '../conversation/conversation.ts';
import { fitOneAppend } from '../conversation/message-bytes.ts';

/** The messages of one append. */
export type Batch = readonly ConversationMessage[];

/** How many messages a chat frontend sends at a time: a question, a question with its answer, a call of a tool. */
const sizes = [1, 2, 1, 3, 2];

/** Cuts a conversation into appends of 1 to 3 messages: in order, and always in the same places. */
export function planBatches(messages: readonly ConversationMessage[]): Batch[] {
  const batches: Batch[] = [];
  let start = 0;
  while (start < messages.length) {
    const size = sizes[batches.length % sizes.length] ?? 1;
    let batch = messages.slice(start, start + size);
    while (batch.length > 1 && !fitOneAppend(batch)) batch = batch.slice(0, -1);
    batches.push(batch);
    start += batch.length;
  }
  return batches;
}
