import { z } from 'zod';
import { type Memory, memoryCategorySchema, type ScopeKey, subjectName } from '../memory/index.ts';
import { itemKind } from './item-kind.ts';
import { scopeItemKey, sortKeys } from './keys.ts';
import { authorSchema, statementShape } from './statement-item.ts';

const subject = { category: memoryCategorySchema, key: z.string() };

const history = z.array(z.object({ text: z.string(), seenAtMs: z.number() }));

const shape1 = {
  ...subject,
  text: z.string(),
  confidence: z.number(),
  firstSeenAtMs: z.number(),
  lastSeenAtMs: z.number(),
  archives: z.array(z.object({ session: z.string(), archive: z.int().min(0) })),
  hasUnlistedSessions: z.exactOptional(z.literal(true)),
  history,
  version: z.int().min(1),
};

/** Before there were statements: who said what cannot be told. Of a revision that only its number can be. */
const version1 = z
  .object(shape1)
  .transform(({ archives, hasUnlistedSessions, history: old, version, ...memory }): Memory => {
    const { text, confidence, firstSeenAtMs, lastSeenAtMs: saidAtMs } = memory;
    const sessions = [...new Set(archives.map(({ session }) => session))];
    const unlisted = hasUnlistedSessions && { hasUnlistedSessions };
    return {
      ...memory,
      saidAtMs,
      by: { kind: 'earlier' },
      earlier: { text, confidence, firstSeenAtMs, saidAtMs, sessions, ...unlisted, history: old },
      revision: `${NUMBERED}${version}`,
    };
  });

const NUMBERED = 'version ';

/** The number of a memory that was stored before there were statements; undefined for any other. */
export const versionIn = (revision: string): number | undefined =>
  revision.startsWith(NUMBERED) ? Number(revision.slice(NUMBERED.length)) : undefined;

const shape2 = {
  ...subject,
  text: z.exactOptional(z.string()),
  confidence: z.number(),
  firstSeenAtMs: z.number(),
  lastSeenAtMs: z.number(),
  saidAtMs: z.number(),
  by: authorSchema,
  carriedFrom: z.exactOptional(z.array(z.array(z.string()))),
  hasPerson: z.exactOptional(z.literal(true)),
  earlier: z.exactOptional(
    z.object({
      text: z.string(),
      confidence: z.number(),
      firstSeenAtMs: z.number(),
      saidAtMs: z.number(),
      sessions: z.array(z.string()),
      hasUnlistedSessions: z.exactOptional(z.literal(true)),
      history,
    }),
  ),
  revision: z.string(),
};

/** The view of a subject's statements. */
export const memoryItem = itemKind<Memory>(version1, z.object(shape2));

/** What a reader of memories asks for: all that a view says, without its vector. */
export const memoryAttributes = [
  ...new Set(['pk', 'sk', 'schemaVersion', ...[shape1, shape2].flatMap((shape) => Object.keys(shape))]),
];

/** Every attribute that an item of a scope may have, without vectors: memories, statements, sources, and the scope itself. */
export const scopeAttributes = [
  ...new Set([
    ...['pk', 'sk', 'schemaVersion', 'names', 'onManifest', 'erasedAtMs'],
    ...[statementShape, shape1, shape2].flatMap((shape) => Object.keys(shape)),
  ]),
];

export const toMemoryItem = (scope: ScopeKey, memory: Memory) =>
  memoryItem.write(scopeItemKey(scope, sortKeys.memory(subjectName(memory))), memory);
