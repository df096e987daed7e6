import { dedupIdOf, messageGroup } from '../queue/index.ts';
import type { Seal } from '../session/index.ts';
import type { CommitRun } from './commit-run.ts';

/** Asks for the archive's follow-up. Whoever finishes the seal does so again; the follow-up takes effect once. */
export function handOver({ followUps, key }: CommitRun, { archive, commitId }: Seal): Promise<void> {
  return followUps.send({
    group: messageGroup(key),
    dedupId: dedupIdOf(key.tenant, key.session, archive),
    body: { ...key, archive, commitId },
  });
}
