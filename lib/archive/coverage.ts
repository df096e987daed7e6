/** Archives by number, from the first to the last, both included. */
export type ArchiveRange = readonly [first: number, last: number];

/** The same archives and more, as few ranges as possible, in order. */
export function cover(ranges: readonly ArchiveRange[], archives: readonly number[]): ArchiveRange[] {
  const added = archives.map((archive): ArchiveRange => [archive, archive]);
  const sorted = [...ranges, ...added].sort(([a], [b]) => a - b);
  const merged: ArchiveRange[] = [];
  for (const [first, last] of sorted) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) merged[merged.length - 1] = [before[0], Math.max(before[1], last)];
    else merged.push([first, last]);
  }
  return merged;
}

/** Whether an archive is in one of the ranges. */
export function isCovered(ranges: readonly ArchiveRange[], archive: number): boolean {
  return ranges.some(([first, last]) => archive >= first && archive <= last);
}

/** The archives from 1 to `last` that are in none of the ranges: the newest `limit` of them, newest first. */
export function newestNotCovered(ranges: readonly ArchiveRange[], last: number, limit: number): number[] {
  const found: number[] = [];
  for (let archive = last; archive >= 1 && found.length < limit; archive -= 1) {
    const range = ranges.find(([first, end]) => archive >= first && archive <= end);
    if (range) archive = range[0];
    else found.push(archive);
  }
  return found;
}
