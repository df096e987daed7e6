import { endedWell } from '../../../lib/session/index.ts';
import type { TrackedCommit } from '../run/commit-tracker.ts';
import type { JobProblem } from './job-problem.ts';

/** Every commit has come to a good end: `completed`, or `empty` because another one took its messages. */
export function checkCommits(commits: readonly TrackedCommit[]): JobProblem[] {
  return commits.flatMap(({ sessionId, commitId, view, failure }) => {
    const find = (message: string): JobProblem[] => [{ kind: 'commit', session: sessionId, message }];
    if (failure) return find(`Commit ${commitId} could not be watched to its end: ${failure.message}`);
    if (view && endedWell(view.state)) return [];
    const why = view?.timeline.at(-1)?.detail;
    return find(`Commit ${commitId} is ${view?.state ?? 'not seen'}, not completed${why ? `: ${why}` : '.'}`);
  });
}
