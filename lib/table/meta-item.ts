import { z } from 'zod';
import { builtInCategories, type MemoryCategory, memoryCategorySchema } from '../memory/index.ts';
import type { AutoCommitPolicy, Seal, SessionKey, SessionMeta } from '../session/index.ts';
import { type Item, itemKind } from './item-kind.ts';
import { sessionItemKey, sortKeys } from './keys.ts';

const count = z.int().min(0);

/** Without the bounds of what callers may set: those may change, and what was set stays. */
const policySchema: z.ZodType<AutoCommitPolicy> = z.object({
  pendingTokens: z.number().nullable(),
  messageCount: z.number().nullable(),
  idleSeconds: z.number().nullable(),
  keepRecent: z.number(),
  minIntervalSeconds: z.number(),
});

const sealSchema: z.ZodType<Seal> = z.object({
  archive: z.int().min(1),
  from: z.int().min(1),
  to: z.int().min(1),
  commitId: z.string(),
  sealedAtMs: z.number(),
});

const metaShape = {
  scope: z.string(),
  formerScopes: z.exactOptional(z.array(z.string())),
  title: z.exactOptional(z.string()),
  memoryCategories: z.exactOptional(z.array(memoryCategorySchema)),
  autoCommit: z.exactOptional(policySchema),
  createdAtMs: z.number(),
  activeAtMs: z.exactOptional(z.number()),
  nextSeq: z.int().min(1),
  appendedMessages: count,
  appendedTokens: count,
  committedThrough: count,
  archiveCount: count,
  fence: count,
  sealed: z.exactOptional(sealSchema),
  requested: z.exactOptional(
    z.object({
      commitId: z.string(),
      through: count,
      keepRecent: z.number(),
      requestedAtMs: z.number(),
      appended: z.object({ messages: count, tokens: count }),
    }),
  ),
  checkAtMs: z.exactOptional(z.number()),
  checkedNextSeq: z.exactOptional(z.number()),
} satisfies Record<keyof SessionMeta, z.ZodType>;

/** The session itself. `checkShard` is for the index `due` alone, `listedIn` and `listedAt` for those of lists. */
export const metaItem = itemKind<SessionMeta>(
  z.object(metaShape).transform(({ memoryCategories, ...meta }) => ({
    ...meta,
    ...(memoryCategories && !isNotRestricted(memoryCategories) && { memoryCategories }),
  })),
);

/** In exactly this order, in which every session without a restriction has them: functions of an older release read them, too. */
function isNotRestricted(categories: readonly MemoryCategory[]): boolean {
  return categories.join() === builtInCategories.join();
}

/** How a session's restriction is stored, or that it has none; one to the built-in categories is stored in another order. */
export function storedRestriction(
  categories: readonly MemoryCategory[] | null | undefined,
): readonly MemoryCategory[] {
  if (!categories) return builtInCategories;
  return isNotRestricted(categories) ? categories.toSorted() : categories;
}

/** What takes the place of META once the session is deleted. */
interface DeletedMark extends Pick<SessionMeta, (typeof marked)[number]> {
  readonly deletedAtMs: number;
  readonly liveFrom: number;
  readonly liveTo: number;
  readonly finishedAtMs?: number;
}

const marked = ['scope', 'formerScopes', 'sealed'] as const satisfies (keyof SessionMeta)[];

export const deletedItem = itemKind<DeletedMark>(
  z.object({
    deletedAtMs: z.number(),
    scope: z.string(),
    formerScopes: z.exactOptional(z.array(z.string())),
    liveFrom: z.int(),
    liveTo: z.int(),
    sealed: z.exactOptional(sealSchema),
    finishedAtMs: z.exactOptional(z.number()),
  }),
);

/** The attributes of META that go when it becomes a mark. */
export const attributesNotMarked = [
  ...Object.keys(metaShape),
  'checkShard',
  'listedIn',
  'listedAt',
  'schemaVersion',
].filter((name) => !marked.some((kept) => kept === name));

/** Whether the item in META's place is the mark of a deleted session. */
export const isDeletedItem = (item: Item) => 'deletedAtMs' in item;

/** @param listing what puts it into lists. */
export const toMetaItem = (key: SessionKey, meta: SessionMeta, listing: object) =>
  metaItem.write(sessionItemKey(key, sortKeys.meta), {
    ...meta,
    memoryCategories: storedRestriction(meta.memoryCategories),
    ...listing,
  });
