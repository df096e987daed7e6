import { z } from 'zod';
import { type Memory, memoryCategorySchema, type ScopeKey } from '../memory/index.ts';
import { itemKind } from './item-kind.ts';
import { memoryItemKey } from './keys.ts';

/** Loose: whoever merges into a memory writes all of it back, with what a newer release has added. */
export const memoryItem = itemKind<Memory>(
  z
    .looseObject({
      pk: z.string(),
      sk: z.string(),
      schemaVersion: z.unknown().optional(),
      category: memoryCategorySchema,
      key: z.string(),
      text: z.string(),
      confidence: z.number(),
      firstSeenAtMs: z.number(),
      lastSeenAtMs: z.number(),
      archives: z.array(z.object({ session: z.string(), archive: z.int().min(0) })),
      hasUnlistedSessions: z.exactOptional(z.literal(true)),
      history: z.array(z.object({ text: z.string(), seenAtMs: z.number() })),
      version: z.int().min(1),
    })
    .transform(({ pk: _pk, sk: _sk, schemaVersion: _version, ...memory }) => memory),
);

export const toMemoryItem = (scope: ScopeKey, memory: Memory) =>
  memoryItem.write(memoryItemKey(scope, `${memory.category}#${memory.key}`), memory);
