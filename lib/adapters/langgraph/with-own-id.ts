import type { CanonicalMessage, JsonObject } from '../../messages/index.ts';
// Past the index, which would bring the schemas and their library into the bundle.
import { namePattern } from '../../session/name-pattern.ts';

/**
 * A message that is known by the id that LangGraph gave it, so that it is stored once. One whose id has characters that
 * Commitlane's have not is given another, and keeps its own.
 */
export function withOwnId(message: CanonicalMessage, id: string | undefined): CanonicalMessage {
  if (id === undefined || !namePattern.test(id)) return message;
  const { id: _, ...own } = (message.metadata?.['langchain'] ?? {}) as JsonObject;
  return { ...message, id, metadata: { ...message.metadata, langchain: { ...own, isIdOwn: true } } };
}
