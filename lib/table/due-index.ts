import { z } from 'zod';
import type { SessionKey } from '../session/index.ts';
import { itemKind } from './item-kind.ts';
import { fromSortKey, partitions } from './keys.ts';

/**
 * The index of scheduled checks: META and COMMIT items are in it while they have both of its keys. Its name stays: another one would make a
 * deployed table build a new index.
 */
export const dueIndex = { name: 'due', shard: 'checkShard', time: 'checkAtMs' } as const;

/** @param shard which part of the index: see `shardOf`. */
export const checkShardKey = (shard: number) => `CHECK#${shard}`;

interface DueItem {
  readonly key: SessionKey;
  /** Of COMMIT; absent of META. */
  readonly commitId?: string;
  readonly checkAtMs: number;
}

/** What the index knows of META, or of the status of a commit. */
export const dueItem = itemKind<DueItem>(
  z
    .object({ pk: z.string(), sk: z.string(), checkAtMs: z.number() })
    .transform(({ pk, sk, checkAtMs }, context) => {
      const key = partitions.sessionOf(pk);
      const isOfCommit = fromSortKey.kind(sk) === 'COMMIT';
      if (key) return { key, checkAtMs, ...(isOfCommit && { commitId: fromSortKey.commitId(sk) }) };
      context.addIssue({ code: 'custom', path: ['pk'], message: 'expected the partition of a session' });
      return z.NEVER;
    }),
);
