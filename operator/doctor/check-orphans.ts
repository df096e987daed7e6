import { isOrphaned } from '../../lib/verify/index.ts';
import { queueSnapshot } from '../queues/index.ts';
import type { Target } from '../target/index.ts';
import { count } from '../words/index.ts';
import type { CheckResult } from './run-check.ts';

/** What is read of the table: 1,280 read units at most. */
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_NAMED = 3;

/** Whether each commit that reads as if it were on its way has a message that will run it. */
export async function checkOrphans(target: Target, signal: AbortSignal): Promise<CheckResult> {
  const queue = await queueSnapshot(target, signal);
  const { commits, isComplete } = await target.items.unarchivedCommits(MAX_BYTES, signal);
  const orphans = commits.filter(({ status }) => isOrphaned(status, queue));
  const where = isComplete ? '' : ', in the first 10 MB of the table';
  if (orphans.length === 0) {
    return {
      status: 'ok',
      detail: `${count(commits.length, 'commit')} pending, none without a message${where}`,
    };
  }
  const named = orphans
    .slice(0, MAX_NAMED)
    .map(({ key, status }) => `${key.tenant}/${key.session} ${status.commitId}`);
  const others = orphans.length - named.length;
  const names = [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  return {
    status: 'warning',
    detail: `${count(orphans.length, 'commit')} without a message on the queue${where}: ${names}`,
    whatToDo: 'Nothing will run them as they are: commitlane verify SESSION says what to do.',
  };
}
