import type { Seal, SessionMeta } from '../session/index.ts';
import type { CommitRun } from './commit-run.ts';

/**
 * Seals the live records that the commit asks for: the one write that commits them.
 *
 * A position that was handed out but not written yet is sealed too, when there is a record to seal: copying closes it.
 *
 * @returns undefined when nothing is live that the commit may take; then nothing was written.
 */
export function sealLive(run: CommitRun, meta: SessionMeta): Promise<Seal | undefined> {
  return run.trace('commit.seal', () => sealFrom(run, meta));
}

async function sealFrom(run: CommitRun, meta: SessionMeta): Promise<Seal | undefined> {
  const { store, key, message, fence, clock, report } = run;
  const from = meta.committedThrough + 1;
  const to = await lastPositionToSeal(run, meta);
  if (to < from || !(await holdsRecord(run, from, to))) return undefined;
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

async function lastPositionToSeal(run: CommitRun, meta: SessionMeta): Promise<number> {
  const lastHandedOut = meta.nextSeq - 1;
  const lastAskedFor = Math.min(run.message.through ?? lastHandedOut, lastHandedOut);
  if (run.message.keepRecent === 0 || lastAskedFor <= meta.committedThrough) return lastAskedFor;
  return Math.min(lastAskedFor, await lastBeforeRecent(run, meta.committedThrough + 1, lastHandedOut));
}

/** The last position that leaves at least `keepRecent` messages live behind it. */
async function lastBeforeRecent(
  { store, key, message }: CommitRun,
  from: number,
  lastHandedOut: number,
): Promise<number> {
  let stillToKeep = message.keepRecent;
  let to = lastHandedOut;
  while (to >= from) {
    // A record holds a message at least.
    const page = { from, to, limit: stillToKeep, newestFirst: true };
    const { entries, complete } = await store.readRange(key, page);
    for (const entry of entries) {
      to = entry.position - 1;
      if (entry.kind === 'record') stillToKeep -= entry.messages.length;
      if (stillToKeep <= 0) return to;
    }
    if (complete) break;
  }
  return from - 1;
}

/** Whether a position in the range is written; live ones hold nothing but records. */
async function holdsRecord({ store, key }: CommitRun, from: number, to: number): Promise<boolean> {
  const { entries } = await store.readRange(key, { from, to, limit: 1 });
  return entries.length > 0;
}
