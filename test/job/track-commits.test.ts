import { expect, it } from 'vitest';
import { type CommitState, type CommitView, commitlaneClient } from '../../lib/client/index.ts';
import { trackCommits } from '../../local/job/run/track-commits.ts';
import { silentReporter } from './silent-reporter.ts';
import { simulatedClock } from './simulated-clock.ts';

/** Answers for a commit's status, one after another. */
function answering(states: readonly CommitState[]): typeof fetch {
  const left = [...states];
  return async () => {
    const view: CommitView = {
      commitId: 'c-1',
      state: left.shift() ?? 'completed',
      keepRecent: 0,
      requestedAt: '2026-01-01T00:00:00Z',
      timeline: [],
    };
    return Response.json(view);
  };
}

it('takes a commit for safe only once it is archived, also one that is tried again', async () => {
  const clock = simulatedClock();
  const fetch = answering(['queued', 'committing', 'retrying', 'archived', 'completed']);
  const client = commitlaneClient({ baseUrl: 'http://api.test', token: 'secret', fetch, clock });
  const seen: CommitState[] = [];
  const reporter = silentReporter({ commitChanged: ({ commit }) => seen.push(commit.state) });
  await using tracker = trackCommits({ client, clock, reporter, signal: new AbortController().signal });
  const safeAt = tracker.track('tea', 'c-1').then(() => seen.at(-1));
  expect(await safeAt).toBe('archived');
  await tracker.untilAllEnded(new AbortController().signal);
  expect(seen).toEqual(['queued', 'committing', 'retrying', 'archived', 'completed']);
});
