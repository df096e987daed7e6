import {
  type CommitRetry,
  type CommitStatus,
  commitTransitions,
  entryOf,
  mayTake,
} from '../../session/index.ts';
import type { CommitStatusStore } from '../commit-status-store.ts';
import { putIfAbsent, type StoredSessions } from './stored-sessions.ts';

/** The requests whose targets are the statuses of commits. */
export function commitRequests({ find, at }: StoredSessions): CommitStatusStore {
  return {
    async putCommit(key, commit) {
      return putIfAbsent(at(key).commits, commit.commitId, commit);
    },

    async readCommit(key, commitId) {
      return find(key)?.commits.get(commitId);
    },

    async changeCommit(key, commitId, change, created) {
      const { commits } = at(key);
      const commit = commits.get(commitId) ?? newCommit(commitId, created);
      if (!commit || (commits.has(commitId) && !mayTake(change.transition, commit))) return false;
      commits.set(commitId, {
        ...commit,
        state: commitTransitions[change.transition].to,
        ...(change.archive !== undefined && { archive: change.archive }),
        timeline: [...commit.timeline, entryOf(change)],
      });
      return true;
    },

    async retryCommit(key, commitId, { transition, seen, timeline }) {
      const { commits } = at(key);
      const commit = commits.get(commitId);
      if (!commit || !isAsSeen(commit, seen)) return false;
      const { lastAttemptUntilMs: _until, lastAttemptOf: _of, checkAtMs: _check, ...rest } = commit;
      commits.set(commitId, { ...rest, state: commitTransitions[transition].to, timeline });
      return true;
    },

    async recordDeath(key, commitId, { transition, seen, checkAtMs, entry }) {
      const { commits } = at(key);
      const commit = commits.get(commitId);
      if (!commit || !isAsSeen(commit, seen) || commit.checkAtMs !== checkAtMs) return false;
      const { checkAtMs: _check, ...rest } = commit;
      const timeline = [...commit.timeline, entryOf({ transition, entry })];
      commits.set(commitId, { ...rest, state: commitTransitions[transition].to, timeline });
      return true;
    },

    async addToTimeline(key, commitId, entry) {
      const { commits } = at(key);
      const commit = commits.get(commitId);
      if (commit) commits.set(commitId, { ...commit, timeline: [...commit.timeline, entry] });
    },

    async noteLastAttempt(key, commitId, { of, untilMs, checkAtMs }) {
      const { commits } = at(key);
      const commit = commits.get(commitId);
      if (!commit || (of === 'commit' && commit.archive !== undefined)) return;
      commits.set(commitId, { ...commit, lastAttemptUntilMs: untilMs, lastAttemptOf: of, checkAtMs });
    },
  };
}

function newCommit(
  commitId: string,
  created: Pick<CommitStatus, 'keepRecent' | 'requestedAtMs'> | undefined,
): CommitStatus | undefined {
  if (!created) return undefined;
  const { keepRecent, requestedAtMs } = created;
  return { commitId, state: 'queued', keepRecent, requestedAtMs, timeline: [] };
}

/** A timeline only grows, but for a retry, which ends it with a moment of its own. */
function isAsSeen(commit: CommitStatus, seen: CommitRetry['seen']): boolean {
  const isSameEnd = commit.timeline.at(-1)?.atMs === seen.timeline.at(-1)?.atMs;
  return commit.state === seen.state && commit.timeline.length === seen.timeline.length && isSameEnd;
}
