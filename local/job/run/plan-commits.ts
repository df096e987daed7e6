import type { Batch } from './plan-batches.ts';

/** A commit to ask for in the middle of a conversation, while the appends go on. */
export interface PlannedCommit {
  /** Asked for once this batch, counted from 0, is stored. */
  readonly afterBatch: number;
  readonly keepRecent: number;
  /** `repeated`: one request, sent again with its key; `doubled`: two requests at the same time. */
  readonly manner: 'single' | 'repeated' | 'doubled';
}

/** The variety that a busy frontend brings about, in turns. */
const turns = [
  { manner: 'single', keepRecent: 0 },
  { manner: 'doubled', keepRecent: 0 },
  { manner: 'repeated', keepRecent: 0 },
  { manner: 'single', keepRecent: 2 },
] as const;

const MESSAGES_PER_COMMIT = 40;
const FEWEST_COMMITS = 2;
const MOST_COMMITS = 12;

/** Spreads commits evenly over the middle of a conversation. */
export function planCommits(batches: readonly Batch[]): PlannedCommit[] {
  const messageCount = batches.reduce((sum, batch) => sum + batch.length, 0);
  const wanted = Math.round(messageCount / MESSAGES_PER_COMMIT);
  const count = Math.min(Math.max(wanted, FEWEST_COMMITS), MOST_COMMITS, batches.length - 1);
  return Array.from({ length: count }, (_, index) => ({
    afterBatch: Math.ceil(((index + 1) * batches.length) / (count + 1)) - 1,
    ...(turns[index % turns.length] ?? turns[0]),
  }));
}
