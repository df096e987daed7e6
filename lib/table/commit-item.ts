import { z } from 'zod';
import {
  type CommitStatus,
  commitPhases,
  commitStates,
  type SessionKey,
  type TimelineEntry,
} from '../session/index.ts';
import { expiryAttribute } from './expiry.ts';
import { itemKind } from './item-kind.ts';
import { sessionItemKey, sortKeys } from './keys.ts';
import { commitListing } from './list-indexes.ts';

/** Loose: a retry writes a whole timeline back. */
const entrySchema: z.ZodType<TimelineEntry> = z.looseObject({
  atMs: z.number(),
  event: z.string(),
  detail: z.exactOptional(z.string()),
  step: z.exactOptional(z.string()),
  attempt: z.exactOptional(z.number()),
  durationMs: z.exactOptional(z.number()),
});

/** The status of a commit. */
export const commitItem = itemKind<CommitStatus>(
  z.object({
    commitId: z.string(),
    state: z.enum(commitStates),
    archive: z.exactOptional(z.int().min(1)),
    through: z.exactOptional(z.int().min(0)),
    keepRecent: z.number(),
    reason: z.exactOptional(z.string()),
    requestedAtMs: z.number(),
    lastAttemptUntilMs: z.exactOptional(z.number()),
    lastAttemptOf: z.exactOptional(z.enum(commitPhases)),
    checkAtMs: z.exactOptional(z.number()),
    timeline: z.array(entrySchema),
  }),
);

export const toCommitItem = (key: SessionKey, commit: CommitStatus, expiresAtMs: number) =>
  commitItem.write(sessionItemKey(key, sortKeys.commit(commit.commitId)), {
    ...commit,
    ...commitListing(key, commit),
    ...expiryAttribute(expiresAtMs),
  });
