import { type ArchiveRange, cover, isCovered, newestNotCovered } from '../archive/index.ts';
import { readAllManifests } from '../store/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/** How far back finished summaries are looked for. */
const MAX_LOOK_BACK = 50;

/** A finished summary, and the archives that it carries on. */
export interface FinishedSummary {
  readonly archive: number;
  readonly text: string;
  readonly covers: readonly ArchiveRange[];
}

/**
 * The summaries that together say what was before this archive, newest first: the latest finished one, and those that
 * it does not cover because their archives were dead-lettered at the time and replayed later. A summary that a later one
 * covers is left out, however many a replay has filled in. Of at most 50 archives, in two or three reads, and more
 * requests where they are large.
 *
 * @throws StoreUnavailableError; the run's reason to stop.
 */
export async function previousSummaries(run: FollowUpRun): Promise<FinishedSummary[]> {
  const last = run.manifest.archive - 1;
  const first = Math.max(1, run.manifest.archive - MAX_LOOK_BACK);
  const [latest] = await newestOf(run, [[last], numbers(first, last - 1)]);
  if (!latest) return [];
  const gaps = newestNotCovered(latest.covers, latest.archive, MAX_LOOK_BACK).filter((gap) => gap >= first);
  const kept = [latest];
  let carried = latest.covers;
  for (const summary of await finishedOf(run, gaps)) {
    if (isCovered(carried, summary.archive)) continue;
    kept.push(summary);
    carried = cover([...carried, ...summary.covers], []);
  }
  return kept;
}

/** The finished summaries of the first of the groups that has any. Most often the archive just before has one. */
async function newestOf(
  run: FollowUpRun,
  groups: readonly (readonly number[])[],
): Promise<FinishedSummary[]> {
  for (const group of groups) {
    const found = await finishedOf(run, group);
    if (found.length > 0) return found;
  }
  return [];
}

/** Newest first. */
async function finishedOf(
  { store, key, lease: { clock, random }, signal }: FollowUpRun,
  archives: readonly number[],
): Promise<FinishedSummary[]> {
  const known = archives.filter((archive) => archive > 0);
  const manifests = await readAllManifests(store, key, known, ['summary'], { clock, random, signal });
  return manifests
    .flatMap(({ archive, followUp: { summary } }) =>
      summary?.outcome === 'done' ? [{ archive, text: summary.text, covers: summary.covers }] : [],
    )
    .reverse();
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
