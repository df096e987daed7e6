import { type CommitStatus, statusAsOf } from '../session/index.ts';
import { type Finding, finding } from './finding.ts';
import type { VerifyContext } from './verify-context.ts';

/** Checks that every commit of a session that is known is on its way or has ended. */
export async function checkCommits(
  { clock, limits, maxReceiveCount }: VerifyContext,
  commits: AsyncIterable<CommitStatus>,
  archives: ReadonlySet<number>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const stuckAfterMs = limits.commit.deadlineMs * maxReceiveCount;
  for await (const stored of commits) {
    const { commitId, state, archive, requestedAtMs, timeline } = statusAsOf(stored, clock.now());
    const ageMs = clock.now() - (timeline.at(-1)?.atMs ?? requestedAtMs);
    if ((state === 'queued' || state === 'committing') && ageMs > stuckAfterMs) {
      const minutes = Math.round(ageMs / 60_000);
      findings.push(finding('commit-stuck', `Commit ${commitId} has been ${state} for ${minutes} minutes.`));
    }
    if (state === 'dead-lettered') {
      const why = timeline.findLast(({ event }) => event === 'dead-lettered')?.detail;
      findings.push(
        finding('commit-dead-lettered', `Commit ${commitId} was given up${why ? `: ${why}` : '.'}`),
      );
    }
    if (archive !== undefined && !archives.has(archive)) {
      findings.push(
        finding(
          'commit-without-archive',
          `Commit ${commitId} ended in archive ${archive}, which is not there.`,
        ),
      );
    }
  }
  return findings;
}
