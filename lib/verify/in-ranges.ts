const SHOWN_RANGES = 10;

/** Positions in words: `position 3`, `positions 5 to 9, 12`; in order, at most ten ranges. */
export function inRanges(positions: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const position of positions.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && position <= last.to + 1) last.to = position;
    else ranges.push({ from: position, to: position });
  }
  const shown = ranges
    .slice(0, SHOWN_RANGES)
    .map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  const more = ranges.length > SHOWN_RANGES ? ', …' : '';
  return `${positions.length === 1 ? 'position' : 'positions'} ${shown.join(', ')}${more}`;
}
