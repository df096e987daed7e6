import {
  type ExtractedMemory,
  extractedMemorySchema,
  type MemoryCategory,
  memoryKey,
} from '../../memory/index.ts';
import { cleanText, shortened } from '../../text/index.ts';
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
    const parsed = extractedMemorySchema.safeParse(coerced(one));
    const problems = parsed.success
      ? problemsOf(parsed.data, allowed)
      : parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
    if (parsed.success && problems.length === 0) memories.push(parsed.data);
    else
      rejected.push({
        reason: shortened(cleanText(`memory ${index + 1}: ${problems.join('; ')}`), MAX_REASON),
      });
  }
  return { memories, rejected };
}

/** A decimal number, as models write one in quotation marks. */
const NUMBER = /^(?:\d{1,9}|\d{0,9}\.\d{1,20})$/;

/**
 * What can only be meant in one way: a key whose words are written otherwise, a number or a truth value in quotation marks, an id
 * without them. A truth value that does not hold is left out.
 */
function coerced(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return one;
  const { retracts, contradicts, ...rest } = one as Readonly<Record<string, unknown>>;
  const { key, confidence, messageId } = rest;
  return {
    ...rest,
    ...flag('retracts', retracts),
    ...flag('contradicts', contradicts),
    ...(typeof key === 'string' && { key: memoryKey(key) ?? key }),
    ...(typeof confidence === 'string' &&
      NUMBER.test(confidence.trim()) && { confidence: Number(confidence) }),
    ...(Number.isSafeInteger(messageId) && { messageId: String(messageId) }),
  };
}

function flag(name: string, value: unknown): Readonly<Record<string, unknown>> {
  const plain = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (plain === undefined || plain === null || plain === false || plain === 'false' || plain === '')
    return {};
  return { [name]: plain === 'true' ? true : value };
}

function problemsOf(
  { category, messageId, text }: ExtractedMemory,
  { categories, messageIds }: { categories: readonly MemoryCategory[]; messageIds: ReadonlySet<string> },
): string[] {
  return [
    ...(categories.includes(category) ? [] : [`category: ${category} is not wanted`]),
    ...(cleanText(text).trim() === '' ? ['text: says nothing'] : []),
    ...(messageIds.has(messageId) ? [] : ['messageId: there is no message of this id']),
  ];
}
