import type { ExtractedMemory } from '../../memory/index.ts';
import type { ReadableMessage } from '../readable/index.ts';

/**
 * At most one memory per category and key, an assertion or a retraction: what was said last holds. Of the same message, what is
 * surer; between an assertion and a retraction, what was given last. That something openly contradicts what is known stays,
 * whichever is kept.
 */
export function mergeExtracted(
  memories: readonly ExtractedMemory[],
  messages: readonly ReadableMessage[],
): ExtractedMemory[] {
  const positions = new Map(messages.map(({ id }, index) => [id, index]));
  const positionOf = ({ messageId }: ExtractedMemory) => positions.get(messageId) ?? -1;
  const byKey = new Map<string, ExtractedMemory>();
  for (const memory of memories) {
    const name = `${memory.category}#${memory.key}`;
    const other = byKey.get(name);
    if (!other) {
      byKey.set(name, memory);
      continue;
    }
    const later = positionOf(memory) - positionOf(other);
    const isKept = later > 0 || (later === 0 && prevails(memory, other));
    byKey.set(name, {
      ...(isKept ? memory : other),
      ...((memory.contradicts ?? other.contradicts) && { contradicts: true }),
    });
  }
  return [...byKey.values()];
}

/** Over one of the same message that was given before. */
function prevails(memory: ExtractedMemory, before: ExtractedMemory): boolean {
  return memory.retracts !== before.retracts || memory.confidence > before.confidence;
}
