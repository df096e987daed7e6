import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommitStatus } from './commit-status.ts';
import type { SessionKey } from './session-meta.ts';

/**
 * How exactly lists of sessions know when a session was active: a session moves in them at most once in this time,
 * however much is appended to it, so that lists cost little.
 */
const ACTIVITY_INTERVAL_S = 60 * 60;

/** Seconds since 1970 in ten digits last until 2286, milliseconds in thirteen as well. */
const SECONDS_DIGITS = 10;
const MILLISECONDS_DIGITS = 13;

/**
 * The place of a session among those of its tenant or scope: places sort by time, and no two sessions share one.
 *
 * It names the beginning of the interval in which the session was active. Each session has intervals of its own, so that
 * busy sessions do not all move at the full hour.
 */
export function sessionMark({ tenant, session }: SessionKey, activeAtMs: number): string {
  const hash = createHash('sha256').update(`${tenant}#${session}`).digest();
  const offsetS = hash.readUInt32BE(4) % ACTIVITY_INTERVAL_S;
  const intervals = Math.floor((activeAtMs / 1_000 - offsetS) / ACTIVITY_INTERVAL_S);
  const beginsAtS = Math.max(0, intervals * ACTIVITY_INTERVAL_S + offsetS);
  return `${String(beginsAtS).padStart(SECONDS_DIGITS, '0')}.${session}`;
}

/** The place of a commit among those of its session: places sort by the time of the request. */
export function commitMark({
  requestedAtMs,
  commitId,
}: Pick<CommitStatus, 'requestedAtMs' | 'commitId'>): string {
  return `${String(requestedAtMs).padStart(MILLISECONDS_DIGITS, '0')}.${commitId}`;
}

const ANOTHER_PAGE = 'must be the nextAfter of another page';

/** A place of a session, as somebody hands it back. */
export const sessionMarkSchema = z.string().regex(/^\d{10}\.[^#]{1,128}$/, ANOTHER_PAGE);
/** Likewise of a commit. */
export const commitMarkSchema = z.string().regex(/^\d{13}\.[^#]{1,128}$/, ANOTHER_PAGE);
