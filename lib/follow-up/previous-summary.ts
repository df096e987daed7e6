import { type ArchiveRange, cover, type Manifest, newestNotCovered } from '../archive/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/** How far back finished summaries are looked for. */
const MAX_LOOK_BACK = 50;

interface PreviousSummary {
  readonly text: string;
  readonly covers: readonly ArchiveRange[];
}

/**
 * What the summaries before this archive say: the latest finished one, and, before it, those that it does not cover
 * because their archives were dead-lettered at the time and replayed later. So a gap that a replay has filled is
 * carried on by the next summary. Undefined when none is finished.
 */
export async function previousSummary({
  store,
  key,
  manifest,
}: FollowUpRun): Promise<PreviousSummary | undefined> {
  const last = manifest.archive - 1;
  if (last === 0) return undefined;
  const latest =
    latestFinished(await store.readManifests(key, [last])) ??
    latestFinished(await store.readManifests(key, lookBackFrom(last - 1)));
  if (!latest) return undefined;
  const first = Math.max(1, manifest.archive - MAX_LOOK_BACK);
  const gaps = newestNotCovered(latest.covers, latest.archive, MAX_LOOK_BACK).filter((gap) => gap >= first);
  const filled = gaps.length === 0 ? [] : (await store.readManifests(key, gaps)).flatMap(finished);
  return {
    text: [...filled, latest].map(({ text }) => text).join('\n\n'),
    covers: cover(
      [...filled, latest].flatMap(({ covers }) => covers),
      [],
    ),
  };
}

function lookBackFrom(last: number): number[] {
  const first = Math.max(1, last - MAX_LOOK_BACK + 2);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function latestFinished(manifests: readonly Manifest[]) {
  return manifests.flatMap(finished).at(-1);
}

function finished({ archive, followUp: { summary } }: Manifest) {
  return summary?.outcome === 'done' ? [{ archive, text: summary.text, covers: summary.covers }] : [];
}
