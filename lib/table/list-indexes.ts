import { z } from 'zod';
import { type CommitStatus, commitMark, type SessionKey, sessionMark } from '../session/index.ts';
import { itemKind } from './item-kind.ts';
import { fromSortKey, LAST, partitions } from './keys.ts';

/**
 * The indexes of lists. `lists` has the sessions of each tenant, and the commits of each session; `scopes` has the
 * sessions of each scope. An item is in an index while it has both of its keys: META and COMMIT items have `listedAt`,
 * and no other item has. Only keys are projected: what else changes of an item costs nothing in them.
 */
export const listIndexes = {
  lists: { name: 'lists', partition: 'listedIn', sort: 'listedAt' },
  scopes: { name: 'scopes', partition: 'scope', sort: 'listedAt' },
} as const;

/** Partitions of the index `lists`. */
export const listPartitions = {
  /** @param shard which part of a tenant's sessions: see `shardOf`. */
  sessions: (tenant: string, shard: number) => `SESSIONS#${tenant}#${shard}`,
  commits: ({ tenant, session }: SessionKey) => `COMMITS#${tenant}#${session}`,
} as const;

/** A place among sessions. Tenants may have scopes of the same name, which share a partition: the tenant comes first. */
const sessionPlace = (tenant: string, mark: string) => `${tenant}#${mark}`;

/** What puts META into the lists of its tenant and its scope. */
export const sessionListing = (key: SessionKey, shard: number, activeAtMs: number) => ({
  listedIn: listPartitions.sessions(key.tenant, shard),
  listedAt: sessionPlace(key.tenant, sessionMark(key, activeAtMs)),
});

/** What puts the status of a commit into the list of its session. */
export const commitListing = (key: SessionKey, commit: Pick<CommitStatus, 'commitId' | 'requestedAtMs'>) => ({
  listedIn: listPartitions.commits(key),
  listedAt: commitMark(commit),
});

/** From the first place to that of `after`, both included; to the last one without it. */
export const listedRange = {
  sessions: (tenant: string, after: string = LAST) => ({
    from: sessionPlace(tenant, ''),
    to: sessionPlace(tenant, after),
  }),
  commits: (after: string = LAST) => ({ from: '0', to: after }),
} as const;

interface ListedSession {
  readonly key: SessionKey;
  readonly mark: string;
}

/** What an index knows of META. */
export const listedSessionItem = itemKind<ListedSession>(
  z.object({ pk: z.string(), listedAt: z.string() }).transform(({ pk, listedAt }, context) => {
    const key = partitions.sessionOf(pk);
    if (key) return { key, mark: listedAt.slice(sessionPlace(key.tenant, '').length) };
    context.addIssue({ code: 'custom', path: ['pk'], message: 'expected the partition of a session' });
    return z.NEVER;
  }),
);

/** What the index knows of the status of a commit. */
export const listedCommitItem = itemKind<{ readonly commitId: string; readonly mark: string }>(
  z
    .object({ sk: z.string(), listedAt: z.string() })
    .transform(({ sk, listedAt }) => ({ commitId: fromSortKey.commitId(sk), mark: listedAt })),
);
