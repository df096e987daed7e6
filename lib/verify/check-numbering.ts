import type { SessionMeta } from '../session/index.ts';
import { type Finding, finding } from './finding.ts';

/**
 * Whether the archives that META counts are there, and end where it says.
 *
 * @param end the last position of the last archive; absent when that archive's manifest cannot be read.
 */
export function checkNumbering(
  { archiveCount, committedThrough, sealed }: SessionMeta,
  archives: ReadonlySet<number>,
  end: number | undefined,
): Finding[] {
  const findings: Finding[] = [];
  for (let archive = 1; archive <= archiveCount; archive += 1) {
    if (archives.has(archive) || archive === sealed?.archive) continue;
    findings.push(finding('archive-missing', `Archive ${archive} has no manifest.`));
  }
  if (end === undefined) return findings;
  const expectedEnd = sealed && !archives.has(sealed.archive) ? sealed.from - 1 : committedThrough;
  if (archives.has(archiveCount - (sealed && !archives.has(sealed.archive) ? 1 : 0)) && end !== expectedEnd) {
    findings.push(
      finding('archive-end', `The last archive ends at position ${end}, META says ${expectedEnd}.`),
    );
  }
  return findings;
}
