import { type CommitMessage, type FollowUpMessage, messageGroup } from '../../lib/queue/index.ts';
import type { CommitStatus, SessionKey } from '../../lib/session/index.ts';

const key: SessionKey = { tenant: 'acme', session: 'chat' };

/** A commit as a queue gives it up. */
export function commitLetter(commitId: string, more: Partial<CommitMessage> = {}) {
  const message = { ...key, commitId, through: 1, keepRecent: 0, requestedAtMs: 1, ...more };
  return { group: messageGroup(message), body: JSON.stringify(message) };
}

/** A follow-up as a queue gives it up. */
export function followUpLetter(archive: number, more: Partial<FollowUpMessage> = {}) {
  const message = { ...key, archive, commitId: `commit-${archive}`, ...more };
  return { group: messageGroup(message), body: JSON.stringify(message) };
}

/** The commit that a body asks for. */
export function commitIdOf({ body }: { readonly body: string }): string {
  return (JSON.parse(body) as CommitMessage).commitId;
}

/** The status of a commit that was given up. */
export function deadCommit(commitId: string, more: Partial<CommitStatus> = {}): CommitStatus {
  return {
    commitId,
    state: 'dead-lettered',
    through: 1,
    keepRecent: 0,
    requestedAtMs: 1,
    timeline: [
      { atMs: 1, event: 'queued' },
      { atMs: 2, event: 'dead-lettered', detail: 'The lease was busy.' },
    ],
    ...more,
  };
}
