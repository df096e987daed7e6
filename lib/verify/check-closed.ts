import type { SessionMeta } from '../session/index.ts';
import { type Finding, finding } from './finding.ts';
import { inRanges } from './in-ranges.ts';
import type { StoredEntry } from './session-items.ts';

/** What the log still has of positions that belong to archives; a seal that is being worked on is left out. */
export function checkClosed(
  { sealed }: SessionMeta,
  closed: ReadonlyMap<number, StoredEntry>,
  seen: ReadonlySet<number>,
): Finding[] {
  const lost: number[] = [];
  const uncleared: number[] = [];
  const orphans: number[] = [];
  for (const [position, { kind }] of closed) {
    if (sealed && position >= sealed.from) continue;
    if (kind === 'record') (seen.has(position) ? uncleared : lost).push(position);
    if (kind === 'tombstone' && !seen.has(position)) orphans.push(position);
  }
  return [
    ...(lost.length > 0
      ? [finding('record-lost', `In no archive, and no longer live: ${inRanges(lost)}.`)]
      : []),
    ...(uncleared.length > 0
      ? [finding('record-not-cleared', `Archived, and still in the log: ${inRanges(uncleared)}.`)]
      : []),
    ...(orphans.length > 0
      ? [
          finding(
            'tombstone-without-record',
            `The log says that they are archived, and no archive has them: ${inRanges(orphans)}.`,
          ),
        ]
      : []),
  ];
}
