import { type ExtractedMemory, extractedMemorySchema, type MemoryCategory } from '../../memory/index.ts';
import type { Extraction } from '../model.ts';

const MAX_REASON = 200;

/** Parts what a model gave into memories that can be used, and the others with what is wrong with them. */
export function checkMemories(
  given: readonly unknown[],
  allowed: { readonly categories: readonly MemoryCategory[]; readonly messageIds: ReadonlySet<string> },
): Extraction {
  const memories: ExtractedMemory[] = [];
  const rejected: { reason: string }[] = [];
  for (const [index, one] of given.entries()) {
    const parsed = extractedMemorySchema.safeParse(one);
    const problems = parsed.success
      ? problemsOf(parsed.data, allowed)
      : parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
    if (parsed.success && problems.length === 0) memories.push(parsed.data);
    else rejected.push({ reason: `memory ${index + 1}: ${problems.join('; ')}`.slice(0, MAX_REASON) });
  }
  return { memories, rejected };
}

function problemsOf(
  { category, messageId }: ExtractedMemory,
  { categories, messageIds }: { categories: readonly MemoryCategory[]; messageIds: ReadonlySet<string> },
): string[] {
  return [
    ...(categories.includes(category) ? [] : [`category: ${category} is not wanted`]),
    ...(messageIds.has(messageId) ? [] : ['messageId: there is no message of this id']),
  ];
}
