import type { LogRecord, SessionKey, SessionMeta } from '../session/index.ts';
import type { SessionStore } from '../store/index.ts';
import { lastWhole } from './last-whole.ts';

type LogReader = Pick<SessionStore, 'readRange'>;

/**
 * The last position that a commit may seal: not behind `through`, and so that at least `keepRecent` messages stay live:
 * with it, no call of a tool is parted from its result.
 *
 * @param bounds.through what is live now unless given.
 * @returns undefined when nothing is written up to there.
 */
export async function lastSealable(
  store: LogReader,
  key: SessionKey,
  meta: SessionMeta,
  bounds: { readonly through?: number | undefined; readonly keepRecent: number },
): Promise<number | undefined> {
  const from = meta.committedThrough + 1;
  const to = await lastPermitted(store, key, meta, bounds);
  return to >= from && (await holdsRecord(store, key, from, to)) ? to : undefined;
}

async function lastPermitted(
  store: LogReader,
  key: SessionKey,
  { nextSeq, committedThrough }: SessionMeta,
  { through, keepRecent }: { readonly through?: number | undefined; readonly keepRecent: number },
): Promise<number> {
  const lastHandedOut = nextSeq - 1;
  const lastAskedFor = Math.min(through ?? lastHandedOut, lastHandedOut);
  if (keepRecent === 0 || lastAskedFor <= committedThrough) return lastAskedFor;
  const live = { from: committedThrough + 1, to: lastHandedOut };
  const recent = await lastBeforeRecent(store, key, live, keepRecent);
  // What was appended after the request is not read: a call may be answered there.
  const isBehind = recent.to >= lastAskedFor;
  return await lastWhole(
    store,
    key,
    { ...live, to: isBehind ? lastAskedFor : recent.to },
    isBehind ? { behind: [], keepsOpenCalls: true } : { behind: recent.kept, keepsOpenCalls: false },
  );
}

/** The last position that leaves at least `keepRecent` messages live behind it, and their records. */
async function lastBeforeRecent(
  store: LogReader,
  key: SessionKey,
  { from, to: lastHandedOut }: { readonly from: number; readonly to: number },
  keepRecent: number,
): Promise<{ readonly to: number; readonly kept: readonly LogRecord[] }> {
  const kept: LogRecord[] = [];
  let stillToKeep = keepRecent;
  let to = lastHandedOut;
  while (to >= from) {
    // A record holds a message at least.
    const page = { from, to, limit: stillToKeep, newestFirst: true };
    const { entries, complete } = await store.readRange(key, page);
    for (const entry of entries) {
      to = entry.position - 1;
      if (entry.kind === 'record') {
        kept.unshift(entry);
        stillToKeep -= entry.messages.length;
      }
      if (stillToKeep <= 0) return { to, kept };
    }
    if (complete) break;
  }
  return { to: from - 1, kept };
}

/** Whether a position in the range is written; live ones hold nothing but records. */
async function holdsRecord(store: LogReader, key: SessionKey, from: number, to: number): Promise<boolean> {
  const { entries } = await store.readRange(key, { from, to, limit: 1 });
  return entries.length > 0;
}
