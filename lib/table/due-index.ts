import { z } from 'zod';
import type { SessionKey } from '../session/index.ts';
import { itemKind } from './item-kind.ts';
import { partitions } from './keys.ts';

/**
 * The index of scheduled checks: META is in it while it has both of its keys. Its name stays: another one would make a
 * deployed table build a new index.
 */
export const dueIndex = { name: 'due', shard: 'checkShard', time: 'checkAtMs' } as const;

/** @param shard which part of the index: see `shardOf`. */
export const checkShardKey = (shard: number) => `CHECK#${shard}`;

/** What the index knows of META. */
export const dueItem = itemKind<{ readonly key: SessionKey; readonly checkAtMs: number }>(
  z.object({ pk: z.string(), checkAtMs: z.number() }).transform(({ pk, checkAtMs }, context) => {
    const key = partitions.sessionOf(pk);
    if (key) return { key, checkAtMs };
    context.addIssue({ code: 'custom', path: ['pk'], message: 'expected the partition of a session' });
    return z.NEVER;
  }),
);
