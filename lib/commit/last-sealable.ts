import type { LogRecord, SessionKey, SessionMeta } from '../session/index.ts';
import { type LogStore, logPages } from '../store/index.ts';
import { lastWhole } from './last-whole.ts';

/**
 * The last position that a commit may seal: not behind `through`, and so that at least `keepRecent` messages stay live:
 * with it, no call of a tool is parted from its result.
 *
 * @param bounds.through what is live now unless given.
 * @returns undefined when nothing is written up to there.
 */
export async function lastSealable(
  store: LogStore,
  key: SessionKey,
  meta: SessionMeta,
  bounds: { readonly through?: number | undefined; readonly keepRecent: number },
): Promise<number | undefined> {
  const from = meta.committedThrough + 1;
  const to = await lastPermitted(store, key, meta, bounds);
  return to >= from && (await holdsRecord(store, key, from, to)) ? to : undefined;
}

async function lastPermitted(
  store: LogStore,
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
  store: LogStore,
  key: SessionKey,
  { from, to: lastHandedOut }: { readonly from: number; readonly to: number },
  keepRecent: number,
): Promise<{ readonly to: number; readonly kept: readonly LogRecord[] }> {
  const kept: LogRecord[] = [];
  let stillToKeep = keepRecent;
  // A record holds a message at least.
  const range = { from, to: lastHandedOut, limit: keepRecent, newestFirst: true };
  for await (const entries of logPages(store, key, range)) {
    for (const entry of entries) {
      if (entry.kind === 'record') {
        kept.unshift(entry);
        stillToKeep -= entry.messages.length;
      }
      if (stillToKeep <= 0) return { to: entry.position - 1, kept };
    }
  }
  return { to: from - 1, kept };
}

/** Whether a position in the range is written, and not only closed by an append that overlaps another. */
async function holdsRecord(store: LogStore, key: SessionKey, from: number, to: number): Promise<boolean> {
  for await (const entries of logPages(store, key, { from, to, limit: 1 })) {
    if (entries.some(({ kind }) => kind !== 'void')) return true;
  }
  return false;
}
