import type { ArchiveRange } from '../archive/index.ts';
import type { SessionKey } from '../session/index.ts';
import { type ArchiveStore, type Patience, readAllManifests } from '../store/index.ts';

/** The first look is at the newest archives; most often one of them has a summary. */
const FIRST_LOOK = 5;
const LOOK = 50;

interface LatestSummary {
  readonly archive: number;
  readonly text: string;
  readonly covers: readonly ArchiveRange[];
}

/** The newest summary that is finished, among the newest 55 archives. */
export async function latestSummary(
  store: ArchiveStore,
  key: SessionKey,
  archiveCount: number,
  patience: Patience,
): Promise<LatestSummary | undefined> {
  let last = archiveCount;
  for (const count of [FIRST_LOOK, LOOK]) {
    const first = Math.max(1, last - count + 1);
    if (last < first) return undefined;
    const archives = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    for (const { archive, followUp } of (
      await readAllManifests(store, key, archives, ['summary'], patience)
    ).reverse()) {
      const { summary } = followUp;
      if (summary?.outcome === 'done') return { archive, text: summary.text, covers: summary.covers };
    }
    last = first - 1;
  }
  return undefined;
}
