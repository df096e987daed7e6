import type { State } from './state.ts';

const ended = new Set(['archived', 'completed', 'empty', 'skipped', 'cancelled']);

/** Whether nothing is left that an operator would have to see to. */
export function isClean({ session, commitQueue, followUpQueue, ledger }: State): boolean {
  const { meta, commits } = session;
  return (
    meta?.sealed === undefined &&
    commitQueue.dead.length === 0 &&
    followUpQueue.dead.length === 0 &&
    (!meta ||
      ledger.promised.every(
        (commitId) => ledger.vanished.has(commitId) || ended.has(commits.get(commitId)?.state ?? 'unknown'),
      ))
  );
}
