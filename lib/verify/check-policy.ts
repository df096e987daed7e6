import { appendBounds, type SessionMeta } from '../session/index.ts';
import { type Finding, finding } from './finding.ts';

/** The schedule runs every minute; a session that fails is checked again after five. */
const OVERDUE_MS = 15 * 60_000;

/** Checks that a session whose policy may want a commit is checked by the schedule, and in time. */
export function checkPolicy(meta: SessionMeta, liveMessages: number, nowMs: number): Finding[] {
  const { autoCommit, checkAtMs, requested, nextSeq } = meta;
  if (!autoCommit) return [];
  if (checkAtMs !== undefined && nowMs - checkAtMs > OVERDUE_MS) {
    const minutes = Math.round((nowMs - checkAtMs) / 60_000);
    return [finding('check-overdue', `By its policy, its check was due ${minutes} minutes ago.`)];
  }
  // With `keepRecent`, appends are kept whole.
  const { keepRecent } = autoCommit;
  const kept = keepRecent === 0 ? 0 : keepRecent + appendBounds.maxMessages;
  const isUnrequested = liveMessages > kept && nextSeq - 1 > (requested?.through ?? 0);
  if (checkAtMs !== undefined || autoCommit.idleSeconds === null || !isUnrequested) return [];
  return [
    finding(
      'check-missing',
      `Messages are live that its policy commits after ${autoCommit.idleSeconds} s, and no check is scheduled.`,
    ),
  ];
}
