import type { SessionMeta } from '../session/index.ts';
import { type Finding, finding } from './finding.ts';
import type { VerifyContext } from './verify-context.ts';

/** Checks the seal that META holds, if there is one: that it fits META, and that somebody is at it. */
export function checkSeal({ clock, limits }: VerifyContext, meta: SessionMeta): Finding[] {
  const { sealed, archiveCount, committedThrough } = meta;
  if (!sealed) return [];
  const findings: Finding[] = [];
  if (sealed.archive !== archiveCount || sealed.to !== committedThrough || sealed.from > sealed.to) {
    findings.push(
      finding(
        'seal-contradiction',
        `META has sealed positions ${sealed.from} to ${sealed.to} as archive ${sealed.archive}, but counts ` +
          `${archiveCount} archives up to position ${committedThrough}.`,
      ),
    );
  }
  const ageMs = clock.now() - sealed.sealedAtMs;
  if (ageMs <= limits.lease.ttlMs) return findings;
  const code = ageMs > limits.commit.deadlineMs ? 'seal-stale' : 'seal-old';
  const seconds = Math.round(ageMs / 1000);
  findings.push(
    finding(
      code,
      `Archive ${sealed.archive} was sealed ${seconds} s ago by ${sealed.commitId}, and is not finished.`,
    ),
  );
  return findings;
}
