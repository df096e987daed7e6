import type { DeadLetter } from '../dead-letters/index.ts';
import { type CommitStatus, isBeforeArchive, lastHeardAtMsOf, statusAsOf } from '../session/index.ts';
import { type ItemError, isItemError } from '../table/index.ts';
import { type Finding, finding, itemFinding } from './finding.ts';
import { isOrphaned } from './is-orphaned.ts';
import type { VerifyContext } from './verify-context.ts';

/** Checks that every commit of a session that is known is on its way or has ended. */
export async function checkCommits(
  context: VerifyContext,
  commits: AsyncIterable<CommitStatus | ItemError>,
  archives: ReadonlySet<number>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const stored of commits) {
    if (isItemError(stored)) {
      findings.push(itemFinding(stored));
      continue;
    }
    const status = statusAsOf(stored, context.clock.now());
    const { commitId, archive } = status;
    const found = notEnded(context, status);
    if (found) findings.push(found);
    if (archive !== undefined && !archives.has(archive)) {
      findings.push(
        finding(
          'commit-without-archive',
          `Commit ${commitId} ended in archive ${archive}, which does not exist.`,
        ),
      );
    }
  }
  return findings;
}

function notEnded(context: VerifyContext, status: CommitStatus): Finding | undefined {
  const { clock, limits, maxReceiveCount, commitQueue, deadLetters } = context;
  const { commitId, state, timeline } = status;
  if (state === 'dead-lettered') {
    const why = timeline.findLast(({ event }) => event === 'dead-lettered')?.detail;
    return finding('commit-dead-lettered', `Commit ${commitId} was dead-lettered${why ? `: ${why}` : '.'}`);
  }
  if (!isBeforeArchive(status)) return undefined;
  const letter = deadLetters.find((one) => isAbout(one, commitId));
  if (letter) {
    const what = `Commit ${commitId} reads ${state}, but its message was dead-lettered without an attempt: it is dead letter ${letter.id}.`;
    return finding('commit-dead-lettered', what);
  }
  if (isOrphaned(status, commitQueue)) {
    const what = `Commit ${commitId} reads ${state}, but no message for it is on the queue or among the dead letters.`;
    return finding('commit-orphaned', what);
  }
  const ageMs = clock.now() - lastHeardAtMsOf(status);
  if (ageMs <= limits.commit.deadlineMs * maxReceiveCount) return undefined;
  const minutes = Math.round(ageMs / 60_000);
  return finding('commit-stuck', `Commit ${commitId} has been ${state} for ${minutes} minutes.`);
}

function isAbout({ content }: DeadLetter, commitId: string): boolean {
  return content.type === 'commit' && content.message.commitId === commitId;
}
