import type { ExtractedMemory } from '../memory/index.ts';
import { isOnlyPlaceholders, type KnownSecret, redact, redactKey, secretsIn } from '../redaction/index.ts';
import { abridged } from '../text/index.ts';
import type { Extraction } from './model.ts';

/** Of a memory's text, in UTF-16 units, as its schema has it: a placeholder may be longer than what it stands for. */
const MAX_TEXT = 1_000;

/**
 * Memories without secrets in their texts and keys. One that says nothing else is rejected; so is one that has another's
 * category and key now.
 */
export function redactExtraction(
  { memories, rejected }: Extraction,
  known: readonly KnownSecret[],
): { readonly value: Extraction; readonly count: number } {
  const kept = new Map<string, ExtractedMemory>();
  const dropped: { readonly reason: string }[] = [];
  let count = 0;
  for (const memory of memories) {
    const redacted = redactMemory(memory, known);
    count += redacted.count;
    const { value } = redacted;
    const name = `${value.category} ${value.key}`;
    if (redacted.count > 0 && isOnlyPlaceholders(value.text)) {
      dropped.push({ reason: 'a memory that is nothing but a secret' });
    } else if (redacted.count > 0 && kept.has(name)) {
      dropped.push({ reason: 'a memory whose key is another one’s without its secret' });
    } else kept.set(name, value);
  }
  const reasons = rejected.map(({ reason }) => ({ reason: redact(reason, known).text }));
  return { value: { memories: [...kept.values()], rejected: [...reasons, ...dropped] }, count };
}

/** A memory without secrets in its text and its key, and how many they were. */
export function redactMemory<Named extends { readonly key: string; readonly text: string }>(
  memory: Named,
  known: readonly KnownSecret[],
): { readonly value: Named; readonly count: number } {
  const key = redactKey(memory.key, [...known, ...secretsIn(memory.text)]);
  const text = redact(memory.text, known);
  return {
    value: { ...memory, key: key.key, text: abridged(text.text, MAX_TEXT) },
    count: key.count + text.count,
  };
}
