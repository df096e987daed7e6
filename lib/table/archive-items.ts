import { z } from 'zod';
import type { FollowUpProgress, Manifest, ManifestExcerpt } from '../archive/index.ts';
import { memoryCategorySchema } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { expiryAttribute } from './expiry.ts';
import { type Item, isItemError, itemKind } from './item-kind.ts';
import { sessionItemKey, sortKeys } from './keys.ts';

const count = z.int().min(0);

/** A few bytes each, so that whoever reads many manifests reads them all. */
const head = {
  archive: z.int().min(1),
  from: z.int().min(1),
  to: z.int().min(1),
  recordCount: count,
  messageCount: count,
  bytes: count,
  commitId: z.string(),
  sealedAtMs: z.number(),
  followUpState: z.enum(['pending', 'completed', 'dead-lettered']),
};

const chunks = z.array(
  z.object({ from: z.int().min(1), to: z.int().min(1), storedBytes: count, sha256: z.string() }),
);

const skipped = z.object({ outcome: z.literal('skipped'), atMs: z.number(), reason: z.string() });

/** What a step of the follow-up may have left: its result, with what is particular to the step, or why there is none. */
function stepSchema<Shape extends z.ZodRawShape>(shape: Shape) {
  const done = z.object({
    outcome: z.literal('done'),
    atMs: z.number(),
    by: z.string(),
    promptVersion: z.exactOptional(z.string()),
    usage: z.exactOptional(z.object({ inputTokens: z.number(), outputTokens: z.number() })),
    redacted: z.exactOptional(count),
    ...shape,
  });
  return z.exactOptional(z.discriminatedUnion('outcome', [done, skipped]));
}

const memorySchema = z.object({
  category: memoryCategorySchema,
  key: z.string(),
  retracts: z.exactOptional(z.literal(true)),
  contradicts: z.exactOptional(z.literal(true)),
  text: z.string(),
  confidence: z.number(),
  messageId: z.string(),
  seenAtMs: z.number(),
  carriedFrom: z.exactOptional(z.array(z.array(z.string()))),
});

const steps = {
  summary: stepSchema({ text: z.string(), covers: z.array(z.tuple([z.int(), z.int()])) }),
  extraction: stepSchema({
    memories: z.array(memorySchema),
    scope: z.exactOptional(z.string()),
    againId: z.exactOptional(z.string()),
    rejected: z.exactOptional(count),
    extractionVersion: z.exactOptional(z.string()),
  }),
  merge: stepSchema({
    created: count,
    updated: count,
    unchanged: count,
    retracted: z.exactOptional(count),
  }),
};

const embedded = z.object({ outcome: z.literal('done'), atMs: z.number(), by: z.string(), messages: count });
const embedding = z.exactOptional(z.discriminatedUnion('outcome', [embedded, skipped]));

const again = z.exactOptional(
  z.object({
    id: z.string(),
    extraction: steps.extraction.unwrap(),
    failure: z.exactOptional(z.object({ atMs: z.number(), reason: z.string() })),
  }),
);

/** A manifest: what an archive holds, and how far its follow-up is, each step in an attribute of its own. */
export const manifestItem = itemKind<Manifest>(
  z
    .object({ ...head, chunks, ...steps, embedding, again })
    .transform(({ followUpState, summary, extraction, merge, embedding, again, ...manifest }) => ({
      ...manifest,
      followUp: {
        state: followUpState,
        ...(summary && { summary }),
        ...(extraction && { extraction }),
        ...(merge && { merge }),
        ...(embedding && { embedding }),
        ...(again && { again }),
      },
    })),
);

/** What a manifest has of memories until they are merged. */
export const unmergedItem = itemKind(z.object({ extraction: steps.extraction, again }));

/** A manifest of which only the head was read, and what else was wanted but chunks. */
export const manifestHeadItem = itemKind<ManifestExcerpt<'summary' | 'embedding'>>(
  z
    .object({ ...head, summary: steps.summary, embedding })
    .transform(({ followUpState, summary, embedding, ...manifest }) => ({
      ...manifest,
      followUp: { state: followUpState, ...(summary && { summary }), ...(embedding && { embedding }) },
    })),
);

/** The attributes that a reader of many manifests asks for, beside their parts: the head, and what every item has. */
export const manifestHeadAttributes = ['pk', 'sk', 'schemaVersion', 'kind', ...Object.keys(head)];

export const toManifestItem = (key: SessionKey, { followUp, ...manifest }: Manifest) =>
  manifestItem.write(sessionItemKey(key, sortKeys.archive(manifest.archive)), {
    ...manifest,
    followUpState: followUp.state satisfies FollowUpProgress['state'],
  });

/** Gzip'd JSON lines: see lib/archive. */
export const chunkItem = itemKind<Uint8Array>(
  z.object({ chunk: z.instanceof(Uint8Array) }).transform(({ chunk }) => chunk),
);

/** Stands in the place of a manifest or a chunk of a deleted session, so that no late write of it is taken. */
const closedItem = itemKind(z.object({ kind: z.literal('closed') }));

export const toClosedItem = (key: SessionKey, sk: string, expiresAtMs: number) =>
  closedItem.write(sessionItemKey(key, sk), { kind: 'closed', ...expiryAttribute(expiresAtMs) });

/** Whether nothing is there: readers of manifests and chunks take it for that. */
export const isClosedItem = (item: Item) => !isItemError(closedItem.inspect(item));

export const toChunkItem = (key: SessionKey, archive: number, index: number, chunk: Uint8Array) =>
  chunkItem.write(sessionItemKey(key, sortKeys.chunk(archive, index)), { chunk });
