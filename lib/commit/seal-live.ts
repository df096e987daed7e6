import type { Seal, SessionMeta } from '../session/index.ts';
import type { CommitRun } from './commit-run.ts';
import { lastSealable } from './last-sealable.ts';

/**
 * Seals the live records that the commit asks for: the one write that commits them.
 *
 * A position that was handed out but not written yet is sealed too, when there is a record to seal: copying closes it.
 *
 * @returns undefined when nothing is live that the commit may take; then nothing was written.
 */
export async function sealLive(run: CommitRun, meta: SessionMeta): Promise<Seal | undefined> {
  const { store, key, message, fence, clock, report } = run;
  const from = meta.committedThrough + 1;
  const to = await lastSealable(store, key, meta, message);
  if (to === undefined) return undefined;
  const seal = {
    archive: meta.archiveCount + 1,
    from,
    to,
    commitId: message.commitId,
    sealedAtMs: clock.now(),
  };
  await store.seal(key, fence, seal);
  report({ type: 'commit.sealed', archive: seal.archive, from, to });
  return seal;
}
