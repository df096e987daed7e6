import type { CanonicalMessage } from '../messages/index.ts';
import { background } from './background.ts';
import type { ContextWithMemories } from './context-with-memories.ts';

/**
 * A context as messages that are ready for a chat model: one system message with what is remembered and the summaries,
 * where there are any, then the messages as they are.
 */
export function contextAsMessages(
  context: Pick<ContextWithMemories, 'memories' | 'summaries' | 'messages'>,
): CanonicalMessage[] {
  const known = background(context);
  return [
    ...(known === undefined ? [] : [{ role: 'system', content: known } as const]),
    ...context.messages.map(({ role, content, metadata }) => ({
      role,
      content,
      ...(metadata !== undefined && { metadata }),
    })),
  ];
}
