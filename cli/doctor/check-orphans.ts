import type { Check } from '../../console/index.ts';
import { isOrphaned } from '../../lib/verify/index.ts';
import { count } from '../display/count.ts';
import type { Parts } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import { queueSnapshot } from './queue-snapshot.ts';

/** What is read of the table: 1,280 read units at most. */
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_NAMED = 3;

/** Whether each commit that reads as if it were on its way has a message that will run it. */
export async function checkOrphans(
  target: Target,
  { items, clock }: Pick<Parts, 'items' | 'clock'>,
  signal: AbortSignal,
): Promise<Omit<Check, 'name'>> {
  const queue = await queueSnapshot(target, clock.now(), signal);
  const { commits, isComplete } = await items.unarchivedCommits(MAX_BYTES, signal);
  const orphans = commits.filter(({ status }) => isOrphaned(status, queue));
  const where = isComplete ? '' : ', in the first 10 MB of the table';
  if (orphans.length === 0) {
    return {
      status: 'ok',
      detail: `${count(commits.length, 'commit')} on the way, none without a message${where}`,
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
