import type { CanonicalMessage } from '../messages/index.ts';
import { background } from './background.ts';
import type { ContextWithMemories } from './context-with-memories.ts';

/** A message of a context; what is remembered has no id. */
type ContextMessage = Omit<CanonicalMessage, 'id'> & { readonly id?: string };

/**
 * A context as messages that are ready for a chat model: one system message with what is remembered and the summaries,
 * where there are any, then the messages as they are, each with its id.
 */
export function contextAsMessages(
  context: Pick<ContextWithMemories, 'memories' | 'summaries' | 'messages'>,
): ContextMessage[] {
  const known = background(context);
  return [
    ...(known === undefined ? [] : [{ role: 'system', content: known } as const]),
    ...context.messages.map(({ id, role, content, metadata }) => ({
      id,
      role,
      content,
      ...(metadata !== undefined && { metadata }),
    })),
  ];
}
