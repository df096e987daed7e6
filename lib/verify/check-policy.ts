import { appendBounds, type SessionMeta } from '../session/index.ts';
import { type Finding, finding } from './finding.ts';

/** The schedule runs every minute; a session that fails is looked at again after five. */
const OVERDUE_MS = 15 * 60_000;

/** Checks that somebody looks at a session whose policy may want a commit, and in time. */
export function checkPolicy(meta: SessionMeta, liveMessages: number, nowMs: number): Finding[] {
  const { autoCommit, checkAtMs, requested, nextSeq } = meta;
  if (!autoCommit) return [];
  if (checkAtMs !== undefined && nowMs - checkAtMs > OVERDUE_MS) {
    const minutes = Math.round((nowMs - checkAtMs) / 60_000);
    return [
      finding('look-overdue', `For its policy, it was to be looked at ${minutes} minutes ago, and was not.`),
    ];
  }
  // With `keepRecent`, appends are kept whole.
  const { keepRecent } = autoCommit;
  const kept = keepRecent === 0 ? 0 : keepRecent + appendBounds.maxMessages;
  const isUnrequested = liveMessages > kept && nextSeq - 1 > (requested?.through ?? 0);
  if (checkAtMs !== undefined || autoCommit.idleSeconds === null || !isUnrequested) return [];
  return [
    finding(
      'look-missing',
      `Messages are live that its policy commits after ${autoCommit.idleSeconds} s, and nobody looks for them.`,
    ),
  ];
}
