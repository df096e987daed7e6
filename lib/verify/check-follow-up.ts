import type { CheckedManifest } from './check-archive.ts';
import { type Finding, finding } from './finding.ts';
import type { VerifyContext } from './verify-context.ts';

/** Whether the follow-up of an archive was given up, or has had all its deliveries and is not completed. */
export function checkFollowUp(
  { clock, limits, maxReceiveCount }: VerifyContext,
  manifest: CheckedManifest,
): Finding[] {
  const { archive, followUp, sealedAtMs } = manifest;
  if (followUp.state === 'dead-lettered') {
    return [finding('follow-up-dead-lettered', `The follow-up of archive ${archive} was dead-lettered.`)];
  }
  const ageMs = clock.now() - sealedAtMs;
  if (followUp.state === 'completed' || ageMs <= limits.followUp.deadlineMs * maxReceiveCount) return [];
  const minutes = Math.round(ageMs / 60_000);
  return [
    finding(
      'follow-up-pending',
      `Archive ${archive} was sealed ${minutes} minutes ago, and its follow-up is not completed.`,
    ),
  ];
}
