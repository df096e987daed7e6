import { z } from 'zod';

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;

/** The most messages that a commit can be asked to leave live. */
const MAX_KEEP_RECENT = 1_000;

export const keepRecentSchema = z
  .int()
  .min(0)
  .max(MAX_KEEP_RECENT)
  .describe('Leaves at least this many messages live.');

/** What a policy says that names only some of its fields. */
const defaults = {
  pendingTokens: 150_000,
  messageCount: 100,
  idleSeconds: DAY_SECONDS,
  keepRecent: 0,
  minIntervalSeconds: 0,
};

/**
 * When a session is committed without being asked. A session has no policy unless one is set; a field that is left
 * out has its default, and `null` switches a threshold off. Written out, so that the client's types need no library of
 * schemas.
 */
export interface AutoCommitPolicy {
  /** Appended since the last commit was asked for, by estimate: 1 to 10 000 000, default 150 000. */
  readonly pendingTokens: number | null;
  /** Appended since the last commit was asked for: 1 to 100 000, default 100. */
  readonly messageCount: number | null;
  /** Since the newest live message: 60 s (a session is checked once a minute) to 365 days, default a day. */
  readonly idleSeconds: number | null;
  /** Leave at least this many messages live: 0 to 1000, default 0. */
  readonly keepRecent: number;
  /** Between two requests, whoever made the first: 0 to 7 days, default 0. */
  readonly minIntervalSeconds: number;
}

export const autoCommitPolicySchema = z
  .strictObject({
    pendingTokens: z
      .int()
      .min(1)
      .max(10_000_000)
      .nullable()
      .default(defaults.pendingTokens)
      .describe('After so many tokens, by estimate, were appended since the previous request.'),
    messageCount: z
      .int()
      .min(1)
      .max(100_000)
      .nullable()
      .default(defaults.messageCount)
      .describe(
        'After so many messages were appended since the previous request. Above `keepRecent`, unless that is 0.',
      ),
    idleSeconds: z
      .int()
      .min(MINUTE_SECONDS)
      .max(365 * DAY_SECONDS)
      .nullable()
      .default(defaults.idleSeconds)
      .describe('After so many seconds without an append; a session is checked once a minute.'),
    keepRecent: keepRecentSchema.default(defaults.keepRecent),
    minIntervalSeconds: z
      .int()
      .min(0)
      .max(7 * DAY_SECONDS)
      .default(defaults.minIntervalSeconds)
      .describe('But not within so many seconds of the previous request, whoever made it.'),
  })
  .refine(
    ({ pendingTokens, messageCount, idleSeconds }) =>
      pendingTokens !== null || messageCount !== null || idleSeconds !== null,
    'at least one of pendingTokens, messageCount and idleSeconds must be a number; to commit only on request, set autoCommit itself to null',
  )
  .refine(({ messageCount, keepRecent }) => !messageCount || keepRecent === 0 || messageCount > keepRecent, {
    path: ['messageCount'],
    message: 'must be above keepRecent, or a commit may find nothing to take',
  }) satisfies z.ZodType<AutoCommitPolicy>;
