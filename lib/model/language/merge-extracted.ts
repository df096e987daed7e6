import type { ExtractedMemory } from '../../memory/index.ts';
import type { ReadableMessage } from '../readable/index.ts';

/** At most one memory per category and key: what was said last holds; of the same message, what is surer. */
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
    const later = other ? positionOf(memory) - positionOf(other) : 1;
    if (!other || later > 0 || (later === 0 && memory.confidence > other.confidence)) byKey.set(name, memory);
  }
  return [...byKey.values()];
}
