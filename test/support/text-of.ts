import type { MessageContent } from '../../lib/messages/index.ts';

/** What a test message says, as a text. */
export function textOf({ content }: { readonly content: MessageContent }): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
