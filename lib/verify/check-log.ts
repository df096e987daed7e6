import { retention, type SessionMeta } from '../session/index.ts';
import { type Finding, finding, itemFinding } from './finding.ts';
import { inRanges } from './in-ranges.ts';
import type { StoredEntry } from './session-items.ts';

/** Clocks differ, and a tombstone's expiry is counted from when it was written. */
const EXPIRY_TOLERANCE_MS = 60 * 60 * 1000;

export interface CheckedLog {
  readonly findings: readonly Finding[];
  /** What is still stored of positions that belong to archives, by position. */
  readonly closed: ReadonlyMap<number, StoredEntry>;
  readonly liveMessages: number;
}

/** Checks every stored position of the log against META. */
export async function checkLog(
  entries: AsyncIterable<StoredEntry>,
  meta: SessionMeta,
  nowMs: number,
): Promise<CheckedLog> {
  const closed = new Map<number, StoredEntry>();
  const live = new Set<number>();
  const findings: Finding[] = [];
  const wrong = {
    closedLive: [] as number[],
    beyond: [] as number[],
    noExpiry: [] as number[],
    late: [] as number[],
  };
  let liveMessages = 0;
  for await (const entry of entries) {
    const { kind, position, expiresAtMs } = entry;
    if (kind === 'damaged') findings.push(itemFinding(entry.error, 'record-damaged'));
    if (kind === 'tombstone' || kind === 'void') {
      if (expiresAtMs === undefined) wrong.noExpiry.push(position);
      else if (expiresAtMs > nowMs + retention.closedPositionMs + EXPIRY_TOLERANCE_MS)
        wrong.late.push(position);
    }
    if (position <= meta.committedThrough) {
      closed.set(position, entry);
      continue;
    }
    live.add(position);
    if (position >= meta.nextSeq) wrong.beyond.push(position);
    if (kind === 'tombstone') wrong.closedLive.push(position);
    if (kind === 'record') liveMessages += entry.messages.length;
  }
  const missing: number[] = [];
  for (let position = meta.committedThrough + 1; position < meta.nextSeq; position += 1) {
    if (!live.has(position)) missing.push(position);
  }
  const add = (code: Finding['code'], positions: readonly number[], what: (where: string) => string) => {
    if (positions.length > 0) findings.push(finding(code, what(inRanges(positions))));
  };
  add('closed-live', wrong.closedLive, (where) => `Cleared, but in no archive's range: ${where}.`);
  add(
    'record-beyond-end',
    wrong.beyond,
    (where) => `Stored, but never handed out: ${where}; the next is ${meta.nextSeq}.`,
  );
  add('expiry-missing', wrong.noExpiry, (where) => `Closed without an expiry, so kept forever: ${where}.`);
  add('expiry-late', wrong.late, (where) => `Closed, and kept for longer than a day: ${where}.`);
  add('position-missing', missing, (where) => `Handed out, and nothing is stored there: ${where}.`);
  return { findings, closed, liveMessages };
}
