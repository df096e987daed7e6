import type { CommitMessage } from '../../../lib/queue/index.ts';

import type { Invariant } from './invariant.ts';

/** A policy asks for no two commits within its least interval. It is checked where nobody else asks for any. */
export const leastInterval: Invariant = {
  name: 'least-interval',
  afterStep({ before, after }, { scenario }) {
    const { policy, requestedCommits, queuedCommits } = scenario;
    const leastMs = (policy?.minIntervalSeconds ?? 0) * 1_000;
    if (leastMs === 0 || requestedCommits + queuedCommits > 0 || after.isClosing) return undefined;
    if (before.commitQueue.sent === after.commitQueue.sent) return undefined;
    const requests = after.commitQueue.sent.map(({ body }) => JSON.parse(body) as CommitMessage);
    const last = requests.at(-1);
    const sooner = requests.find(
      ({ commitId, requestedAtMs }) =>
        last && commitId !== last.commitId && last.requestedAtMs - requestedAtMs < leastMs,
    );
    return sooner && `commit ${last?.commitId} was asked for too soon after ${sooner.commitId}`;
  },
};
